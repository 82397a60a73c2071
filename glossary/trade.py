"""The words of the trades: what sales, finance, marketing, product, design, engineering, data, support and legal say.

Not a glossary: nothing here is explained, and a group's own terms are learned from its people. It is what lets
`glossary.candidates` tell a term from an ordinary word where both are lower-case English.
"""

from collections.abc import Iterator
from itertools import product

# Words that are terms by themselves, whatever stands beside them. Base forms.
SALES_AND_MARKETING = """
churn upsell upselling downsell renewal pipeline quota champion discovery battlecard clawback prospecting freemium
whitespace retargeting remarketing attribution impressions backlink positioning persona segmentation lookalike
firmographics microsite advertorial cohort uplift geotargeting syndication omnichannel playbook conversion detractor
promoters monetization monetisation whitelabel cobranding cobrand brandlift crossell crosssell geofencing geofence
interstitial listicle microinfluencer newsjacking nurturing programmatic resegmentation swipefile userbase
vanitymetric virality winback upsizing prequalification preselling presales postsales spiff spiffs deliverability
preheader clickstream dayparting slippage seasonality
"""
FINANCE = """
accrual depreciation amortisation amortization capex opex runway dunning intercompany covenant deferral goodwill
reconciliation ledger subledger payables receivables prepayments impairment hedging hedge bookings billings payback
liquidity factoring netting reforecast equity dilution vesting treasury withholding chargeback remittance arrears
overdraft collateral tranche drawdown solvency insolvency retainer royalty margin annuity disbursement proration
markup gearing amortising annuities arbitrage carryforward carryback coinsurance debenture debtor defeasance
derecognition disagio disinvestment embezzlement encumbrances expensing forfeiture fungible gainshare grossup imprest
leaseback leasehold mezzanine overhang paydown perpetuity prepayment preaccrual premoney postmoney pushdown receivable
recapitalisation recapitalization refinancing reinvestment remeasurement securitisation securitization subordination
superannuation tranching underwriting writedown writeoff ringfencing breakeven passthroughs recharges materiality
utilisation utilization provisions cashflow
"""
PRODUCT_AND_DESIGN = """
backlog epic sprint velocity kanban scrum retro burndown burnup timebox timeboxing activation adoption stickiness
deprecation dogfooding changelog gamification swimlane storyboard moodboard wireframe wireframing microcopy breakpoint
mockup typography kerning tooltip modal breadcrumb carousel viewport affordance skeuomorphism microinteraction gutter
ligature sitemap favicon paywall retention accordion typeface glassmorphism heatmap parallax wordmark popover serif
scrollytelling scrollspy pictogram pangram linespacing logotype lightbox letterspacing iconography halftone glyph
gestalt dropcap colorway choropleth autolayout artboard antialiasing ascender descender flexbox focusable fullbleed
inpainting keyframe lofi hifi microanimation moodboards overprint pixelation prototyping rasterisation rasterization
roundrect skeuomorph snackbar spritesheet squircle swatch styleguide stepper typesetting vignetting webfont wireflow
timeboxes storypoints punchlist sunsetting
"""
ENGINEERING = """
backend frontend cache caching latency throughput endpoint webhook websocket schema repo monorepo staging prod preprod
hotfix rollback failover failback refactoring backfill runbook postmortem microservice microfrontend monolith
middleware namespace cron cronjob crontab daemon linter linting compiler transpiler parser lexer tokenizer tokeniser
regex mutex semaphore payload callback polyfill shim stub boilerplate scaffolding shard sharding partitioning replica
replication checksum hashing salting autoscaling autoscaler throttling debounce debouncing pagination idempotency
concurrency multithreading serialization serialisation deserialization codebase toolchain lockfile bundler 
stacktrace traceback segfault subnet proxy observability telemetry tracing instrumentation provisioning deprovisioning
orchestration containerization hypervisor kernel firmware sandbox tenant multitenancy multitenant serverless pubsub
dockerfile vulnerability pentest ransomware honeypot hardening allowlist denylist blocklist cutover canary flakiness
testbed changeset mutation hydration memoization runtime bytecode cluster ingress egress sidecar loadbalancer
nameserver keystore cryptography keypair nonce rootkit spoofing deserializer entrypoint goroutine healthcheck livelock
memcache mocking polling sourcemap subdomain submodule subroutine templating treeshaking typecheck upsert ssh sftp ftp
whitelist repository scalability diff enum boolean localhost semver regexp virtualization virtualisation heuristic pod
backoff coroutine changefeed chroot codec codegen commit deadletter dotfile eventloop exabyte exploitability
fallthrough fuzzing gigabit gitflow hardcoding hashmap heapdump hotpath hyperscaler idempotence initializer inode
interop introspection iptables iterator jitter keepalive keyspace kubeconfig latch logrotate lookaside makefile
memcached messagebus metaprogramming microkernel microbenchmark middlebox mixin multicast multicloud mutability
namespacing netmask nonrepudiation nullability objectstore onprem openapi orchestrator overlayfs packager passkey
passkeys pipelining podman polymorphism prefetcher preemption prerender preprocessor protobuf ratelimit reentrancy
resolver rollforward rootless roundtrip runtimes serializer shebang singleton smoketest sqlmap stacktraces statefulset
stdout stderr subprocess subschema swagger symlink syscall teardown threadpool thunk tombstone toolchains
transpilation treeshake typedef unicode unmarshalling unittest userland utf8 vendoring vhost vlan vnet webassembly
wasm whitelisting workqueue writeback deadlock entitlement token index node
"""
DATA = """
lineage warehouse lakehouse datamart ingestion embedding precision recall overfitting underfitting hyperparameter
imputation clustering classifier dedup deduplication denormalization normalization parquet avro holdout quantile
percentile covariate bootstrapping crosstab finetuning inference hallucination reranking chunking
tokenization geocoding dataframe autoencoder backpropagation backtest backtesting bayesian collinearity confounder
correlation dendrogram downsampling upsampling ensemble entropy extrapolation featurization gini granularity histogram
kurtosis logit lookback multicollinearity nowcasting perceptron posterior quartile reidentification resampling
residuals snapshotting timeseries transformer vectorization winsorizing taxonomy normaliser datapoint anomaly
autocorrelation binning bigram boxplot changepoint centroid cardinality collation dimensionality discretization
distillation eigenvector explainability faceting featurestore ftrl groundedness groundtruth hadoop hypertable
interpretability kmeans lemmatization lineplot logloss longitudinal mape materialization materialisation metastore
microbatch minmax multivariate ngram ontology overindex oversampling undersampling partitioner percentiles perplexity
petabyte quantization quantisation quasiexperiment rollup rollups scatterplot sessionization sessionisation shap
skewness softmax stemming streamgraph stopword subsample tablesample terabyte treemap trigram umap univariate unpivot
vectorizer zscore
"""
SUPPORT_LEGAL_AND_THE_REST = """
deflection macro swarming redline indemnity indemnification subprocessor jurisdiction arbitration escrow novation
severability exclusivity copyleft infringement injunction affidavit subpoena sublicense sublicensing pseudonymisation
pseudonymization anonymisation anonymization counterparty lien noncompete whistleblowing trademark patent attrition
requisition secondment severance headcount leavers stockout backorder dropshipping consignment demurrage incoterms
palletising waybill drayage picklist putaway replenishment shrinkage kitting takt tariff palletisation crossdocking
fiduciary encumbrance addendum rescission redlining indemnities sublicensee licensor licensee assignor annexure
easement forbearance garnishment guarantor habeas incoterm indemnitor interpleader laches lessee lessor liquidator
moratorium notarisation obligor promissory quitclaim recusal remand replevin retrocession stipulation subrogation
sublease surety tortious usury vicarious waiver wayleave outstaffing perdiem absenteeism presenteeism leaver
nearshoring offshoring reshoring insourcing outplacement payscale clawbacks jobsharing cobot palletizing crossdock
dunnage intermodal lotting overstock understock packlist ppap returnable roro stowage subassembly teu telematics
transhipment transshipment warehousing smartlocker
"""

# Terms of more than one word, as people write them, a comma between.
PHRASES = """
land and expand, share of voice, share of wallet, share of search, time to value, time to first value,
time to market, time to hire, time to fill, time to resolution, time to first response, time to live,
time to first byte, definition of done, definition of ready, proof of concept, proof of value, proof of delivery,
point of sale, source of truth, single source of truth, statement of work, scope of work, letter of intent,
letter of credit, terms of service, terms of use, bill of materials, bill of lading, cost of goods,
cost of goods sold, cost of sales, cost of delay, cost to serve, cost per click, cost per lead, cost per acquisition,
cost per mille, cost per action, cost per install, cost per order, total cost of ownership, return on investment,
return on ad spend, return on equity, return on assets, chart of accounts, go to market, order to cash,
quote to cash, procure to pay, lead to cash, hire to retire, record to report, pay as you go, software as a service,
infrastructure as code, infrastructure as a service, platform as a service, policy as code, monitoring as code,
separation of concerns, single point of failure, rule of 40, jobs to be done, call to action, above the fold,
below the fold, right to be forgotten, right of first refusal, right to audit, power of attorney,
limitation of liability, transfer of risk, change of control, order of precedence, burden of proof, duty of care,
lifetime value, customer lifetime value, word of mouth, out of home, top of funnel, middle of funnel,
bottom of funnel, top of the funnel, bottom of the funnel, cost of capital, weighted average cost of capital,
cost of revenue, buy now pay later, bring your own device, bring your own key, least privilege,
principle of least privilege, segregation of duties, separation of duties, chain of custody, man in the middle,
denial of service, encryption at rest, encryption in transit, mean time to recovery, mean time to repair,
mean time to resolve, mean time between failures, mean time to detect, mean time to acknowledge,
recovery time objective, recovery point objective, deployment frequency, lead time for changes, first in first out,
last in first out, just in time, made to order, make to order, make to stock, available to promise,
delivered duty paid, ex works, free on board, pick and pack, pick to light, goods in transit, goods receipt,
proof of purchase, cash on delivery, three way match, two way match, four eyes principle, north star,
north star metric, first response time, first reply time, average handle time, average handling time,
average resolution time, first contact resolution, full time equivalent, average order value,
average revenue per user, average revenue per account, average selling price, average deal size,
average contract value, annual contract value, total contract value, annual recurring revenue,
monthly recurring revenue, net revenue retention, gross revenue retention, net dollar retention,
gross dollar retention, net retention, gross retention, logo retention, net promoter score,
customer satisfaction score, customer acquisition cost, ideal customer profile, total addressable market,
serviceable addressable market, serviceable obtainable market, minimum viable product, key performance indicator,
objectives and key results, service level agreement, service level objective, service level indicator, service level,
non disclosure agreement, master service agreement, master services agreement, data processing agreement,
data processing addendum, request for proposal, request for quotation, request for information, request for comments,
personally identifiable information, cash conversion cycle, free cash flow, operating cash flow,
discounted cash flow, net present value, internal rate of return, net working capital, working capital ratio,
current ratio, quick ratio, rule of thirds, magic number, contribution margin 1, work in progress, work in process,
trial balance, petty cash, purchase order, purchase requisition, blanket order, standing order, goods received note,
delivery note, pro forma, pro forma invoice, transfer price, hard close, soft close, fast close, fiscal year,
deferred revenue, deferred income, deferred tax, unearned revenue, unbilled revenue, accrued revenue,
recurring revenue, earned revenue, contracted revenue, committed revenue, backlog revenue, accrued expenses,
prepaid expenses, accounts payables, trade payables, trade receivables, bad debt, doubtful debt, useful life,
straight line, balance sheet, income statement, profit and loss, cash flow statement, cash pooling, cash flow,
cash burn, cash sweep, general ledger, interest rate swap, bank reconciliation, account reconciliation, fair value,
book value, residual value, salvage value, run rate, burn multiple, cap table, strike price, stock options,
phantom shares, virtual shares, liquidation preference, convertible loan, convertible note, bridge round,
bridge loan, term sheet, due diligence, down round, seed round, zero based budgeting, unit economics, unit cost,
break even point, scenario planning, zero trust, single sign on, multi factor authentication,
two factor authentication, access control, access control list, service account, blast radius, attack surface,
threat model, threat modelling, threat modeling, zero day, zero downtime, vulnerability scan, bug bounty,
security patch, threat intelligence, social engineering, supply chain attack, sql injection, prompt injection,
cross site scripting, rate limiting, load balancing, load shedding, back pressure, exponential back off,
graceful degradation, circuit breaker, bulkhead pattern, race condition, memory leak, memory pressure,
stack overflow, buffer overflow, garbage collection, garbage collector, out of memory, heap dump, core dump,
null pointer, stack trace, dead code, dead lock, hot reload, cold start, cold cache, lazy loading, eager loading,
tree shaking, code splitting, static site generation, single page application, single page app, progressive web app,
web app manifest, service worker, service discovery, service catalog, event sourcing, event stream, event streaming,
event loop, domain model, bounded context, hexagonal architecture, clean architecture, strangler fig,
anti corruption layer, outbox pattern, saga pattern, optimistic locking, pessimistic locking, distributed lock,
row lock, table lock, advisory lock, lock contention, isolation level, natural key, sort key, shard key,
business key, unique constraint, check constraint, materialized view, materialised view, stored procedure,
query plan, query planner, execution plan, explain plan, full table scan, table scan, full text search, n 1 query,
n 1 problem, write ahead log, point in time recovery, change data capture, slowly changing dimension, star schema,
snowflake schema, fact table, dimension table, bridge table, lookup table, staging table, wide table, surrogate keys,
late arriving data, late arriving facts, feature store, vector store, vector database, vector search,
semantic search, hybrid search, fuzzy search, fuzzy matching, entity resolution, record linkage, golden record,
master data, master data management, reverse etl, reverse proxy, forward proxy, edge function, edge cache, edge case,
corner case, happy path, unhappy path, critical path, golden path, paved road, squash merge, code review, code owner,
code smell, code generation, code signing, release train, release candidate, release branch, feature branch,
pair programming, mob programming, continuous integration, continuous delivery, continuous deployment, build cache,
build matrix, build server, build agent, build artefact, build artifact, ci cd, ci cd pipeline, a a test, a b n test,
p l statement, pci dss, soc 1, soc 2, soc 3, iso 27001, iso 9001, iso 14001, iso 27701, tcp ip, rest api, saml sso,
b2b saas, on call, on call rotation, on call schedule, on call rota, on premise, on premises, double opt in,
cross selling, white label, white labelling, deal desk, deal registration, deal cycle, deal velocity, deal size,
closed won, closed lost, mutual close plan, resource planning, disaster recovery plan, business continuity plan,
incident response, incident commander, severity level, five whys, blameless postmortem, status page, error budget,
error budgets, burn rate alert, golden signals, synthetic monitoring, distributed tracing, log level, alert fatigue,
health check, rolling update, kill switch, feature parity, feature creep, scope creep, feature engineering,
feature importance, gradual rollout, beta program, early adopter, private beta, public beta, closed beta, open beta,
general availability, end of life, end of sale, end of support, sunset plan, long term support, product market fit,
product discovery, continuous discovery, opportunity solution tree, impact mapping, user flow, user acceptance test,
user acceptance testing, acceptance criteria, acceptance criterion, product backlog, sprint backlog,
sprint retrospective, wip limit, cumulative flow diagram, burn down chart, burndown chart, burn up chart,
t shirt sizing, t shirt size, planning poker, value stream, value stream mapping, value proposition, value prop,
unique selling point, unique selling proposition, theory of change, force field analysis, design sprint,
design system, design critique, design thinking, design language, component library, pattern library, brand book,
brand awareness, brand equity, brand safety, brand voice, tone of voice, mood board, click dummy,
clickable prototype, paper prototype, hi fi mockup, hi fi prototype, high fidelity mockup, high fidelity prototype,
low fidelity mockup, low fidelity wireframe, lo fi wireframe, hi fi wireframe, card sort, card sorting,
first click test, five second test, heuristic evaluation, cognitive walkthrough, usability study, guerrilla test,
guerrilla testing, diary study, contextual inquiry, affinity diagram, affinity map, affinity mapping, empathy map,
service blueprint, service design, journey map, journey mapping, customer journey map, experience map,
information architecture, mental model, cognitive load, visual hierarchy, progressive disclosure, dark pattern,
skeleton screen, tap target, touch target, screen reader, alt text, aria label, focus order, focus ring, focus trap,
type ramp, grid system, baseline grid, spacing scale, atomic design, hero image, hamburger menu, sticky header,
infinite scroll, pull to refresh, bottom sheet, navigation drawer, design handoff, motion design, interaction design,
adaptive layout, landing page, lead magnet, lead gen, lead generation, lead nurturing, lead qualification,
marketing qualified lead, sales qualified lead, product qualified lead, sales accepted lead, qualified lead,
drip campaign, nurture campaign, nurture sequence, nurture track, nurture flow, email sequence, cold outreach,
discovery call, sales cycle, sales playbook, sales velocity, marketing automation, marketing mix model,
marketing mix modelling, media mix model, content calendar, content marketing, content strategy, content audit,
content design, content model, editorial calendar, inbound marketing, outbound marketing, growth hacking,
growth loop, viral loop, viral coefficient, referral program, referral programme, referral fee, partner program,
channel partner, channel conflict, demand gen, demand generation, intent data, first party data, third party data,
zero party data, third party cookie, first party cookie, look alike audience, lookalike audience, custom audience,
ad group, ad spend, ad set, ad inventory, ad exchange, paid search, paid social, paid media, earned media,
owned media, organic traffic, organic search, organic reach, direct traffic, referral traffic, search intent,
search volume, search engine optimisation, search engine optimization, search engine marketing, keyword difficulty,
keyword research, negative keyword, long tail keyword, long tail, domain authority, page rank, core web vitals,
meta description, meta title, meta tag, canonical url, canonical tag, structured data, rich snippet,
featured snippet, link building, anchor text, crawl budget, utm parameter, utm tag, tracking pixel, conversion pixel,
conversion tracking, tag manager, last click, last touch, first touch, multi touch, view through conversion,
marketing attribution, attribution model, attribution window, lookback window, media kit, price list, list price,
price point, price elasticity, price floor, price book, price tier, pricing tier, pricing model, payment term,
payment terms, volume discount, early payment discount, expansion revenue, white glove, customer health,
customer health score, churn reason, churn prediction,
executive sponsor, executive business review, quarterly business review, business review, economic buyer,
buying committee, buying signal, objection handling, win loss interview, win loss review, force majeure,
legitimate interest, data subject, data subject request, data subject access request, subject access request,
data controller, data processor, data protection impact assessment, data sovereignty, data minimisation,
data minimization, data breach, governing law, applicable law, ip assignment, trade secret, trade mark,
trademark search, prior art, cease and desist, standard contractual clauses, termination for convenience,
exit clause, liquidated damages, non compete, non compete clause, non solicitation, most favoured nation,
most favored nation, auto renewal, automatic renewal, tacit renewal, cooling off period, grace period,
lock up period, lock in period, vendor lock in, outside counsel, legal hold, power purchase agreement,
framework agreement, framework contract, side letter, click through agreement, entire agreement, dual licensing,
export control, sanctions screening, know your customer, anti money laundering, beneficial owner, works council,
collective agreement, garden leave, non exempt, pay grade, job architecture, job grade, career ladder,
career framework, job family, vesting schedule, cliff vesting, performance improvement plan, employer brand,
employer branding, employee net promoter score, span of control, skip level, skip level meeting, tier 1 support,
tier 2 support, tier 3 support, level 2 support, knowledge base, knowledge base article, help center article,
canned response, saved reply, ticket deflection, ticket backlog, ticket routing, swarm support, service credit,
service credits, maintenance window, change window, change advisory board, change management, lead times,
reorder point, economic order quantity, freight forwarder, customs broker, customs clearance, last mile delivery,
reverse logistics, third party logistics, full truck load, less than truckload, cross dock, cross docking, drop ship,
drop shipping, hs code, cycle count, cycle counting, stock turn, inventory turnover, inventory turn, inventory turns,
minimum order quantity, quality gate, statistical significance, statistical power, statistical test,
confidence interval, confidence level, sample size, significance level, null hypothesis, p value, standard deviation,
standard error, training data, synthetic data, ground truth, false positive, false negative, true positive,
precision recall curve, roc curve, model card, model registry, model monitoring, base model, foundation model,
language model, large language model, small language model, fine tuning, prompt engineering, few shot, zero shot,
context window, token limit, retrieval augmented generation, machine learning, deep learning, reinforcement learning,
supervised learning, unsupervised learning, transfer learning, active learning, online learning, neural network,
decision tree, random forest, gradient boosting, logistic regression, linear regression, time series,
time series forecast, moving average, rolling average, exponential smoothing, seasonal adjustment, anomaly detection,
outlier detection, principal component analysis, market basket analysis, propensity model, causal inference,
difference in differences, regression to the mean, regression discontinuity, selection bias, survivorship bias,
sampling bias, confirmation bias, event tracking, tracking event, event taxonomy, calculated field,
self service analytics, business glossary, row level security, column level security, cost allocation, cost driver,
activity based costing, standard cost, standard costing, landed cost, overhead rate, budget variance,
plan versus actual, plan vs actual, actual vs plan, revenue recognition, revenue leakage, revenue share,
revenue run rate, audit log, audit logs, audit trail, audit finding, batch run, batch processing, stream processing,
dry run, key rotation, secret rotation, certificate pinning, certificate rotation, environment variable, config map,
network policy, security group, availability zone, multi region, active active, active passive, high availability,
noisy neighbour, noisy neighbor, cache invalidation, cache miss, cache key, cache warming, cache stampede,
thundering herd, split brain, leader election, quorum read, consensus algorithm, two phase commit, at least once,
at most once, exactly once, exactly once delivery, at least once delivery, read model, write model,
command query responsibility segregation, dependency injection, inversion of control, single responsibility,
singleton pattern, type safety, type checking, type hint, static analysis, static code analysis,
abstract syntax tree, mutation testing, visual regression, golden file, test double, test fixture, test harness,
test suite, test case, test pyramid, test automation, chaos engineering, chaos monkey, game day, spike test,
capacity test, performance budget, pipeline hygiene, pipeline generation, pipeline review, quota attainment,
quota relief, ramp up time, sales ramp, book of business, territory planning, net new, net new revenue, net new logo,
new logo, new logos, logo churn, revenue churn, gross churn, net churn, customer churn, negative churn,
involuntary churn, voluntary churn, co term, co terminus, ramp deal, design partner, lighthouse customer,
reference customer, anchor customer, reference call, gross profit, operating income, operating profit,
operating expense, operating expenses, operating model, operating leverage, ebitda bridge, price volume mix,
aha moment, deal stage, stage gate, exit criteria, conversion rate optimisation, conversion rate optimization,
ad fatigue, ad fraud, ad network, ad server, ad rank, ad impression, banner ad, display ad, click fraud,
affiliate marketing, behavioural targeting, behavioral targeting, frequency cap, content gap, keyword gap,
duplicate content, 301 redirect, 302 redirect, black hat, page speed, domain rating, alt tag, warm lead, hot lead,
inbound lead, outbound lead, lead source, lead quality, opportunity stage, weighted pipeline, sales cadence,
sales collateral, competitive intelligence, battle card, customer advocacy, customer advisory board, soft bounce,
hard bounce, sender reputation, spam score, list hygiene, suppression list, seed list, gated content,
thought leadership, pillar page, topic cluster, media buy, media buying, impression share, exit intent, consent mode,
server side tracking, cookie consent, consent management, angel investor, journal entry, bank feed, cost accounting,
cost pool, allocation key, fixed cost, variable cost, marginal cost, sunk cost, opportunity cost, cost base,
cash position, cash runway, cash conversion, cash collection, debt collection, direct debit, payment run, per diem,
fringe benefit, fixed asset register, fixed assets register, asset register, fixed asset, bad debt provision,
revenue bridge, margin bridge, year over year, quarter over quarter, month over month, like for like,
management account, statutory account, consolidated account, intercompany loan, tax provision, reverse charge,
permanent establishment, withholding tax, minority interest, preferred share, common stock, pre money valuation,
post money valuation, pro rata, term loan, credit line, line of credit, credit facility, revolving credit,
interest cover, leverage ratio, inventory valuation, stock valuation, purchase price variance, internal control,
going concern, contingent liability, lease liability, ifrs 15, ifrs 16, asc 606, rev rec, performance obligation,
contract asset, contract liability, credit check, hedge accounting, currency hedge, spot rate, forward contract,
problem statement, counter metric, guardrail metric, input metric, output metric, leading indicator,
lagging indicator, vanity metric, power user, daily active user, weekly active user, monthly active user,
feature adoption, kano model, dual track, story splitting, release note, soft launch, kill criteria,
backwards compatibility, backward compatibility, breaking change, technical spike, minimum lovable product, ui kit,
icon font, screen flow, line height, x height, accent colour, accent color, radio button, skeleton loader, mega menu,
tab bar, keyboard navigation, skip link, eye tracking, think aloud, think aloud test, moderated test,
unmoderated test, task success rate, how might we, crazy eights, style tile, visual language, mock server,
dependency graph, semantic versioning, lock file, release pipeline, deployment window, rolling restart,
patch release, point release, long polling, web socket, push notification, deep link, universal link,
background worker, job scheduler, task runner, queue depth, consumer lag, replication lag, lock timeout,
query optimizer, query optimiser, slow query, slow query log, index scan, hash join, partition pruning,
hot partition, schema registry, schema change, character set, rate limiter, retry storm, retry policy, retry budget,
session cookie, sticky session, content delivery network, origin server, static asset, bundle size,
time to interactive, load average, memory footprint, heap size, thread dump, file descriptor, connection string,
secrets manager, secret manager, key vault, certificate authority, ip allowlist, port forwarding, bastion host,
jump host, private subnet, network segmentation, container image, base image, image registry, container registry,
helm chart, node pool, auto scaling, autoscaling group, spot instance, reserved instance, drift detection,
state file, feature gate, dead letter, poison message, access log, error log, log aggregation, log retention,
trace id, correlation id, alert rule, post incident review, restore test, dependency scan, secret scanning,
legacy code, spaghetti code, code path, business logic, domain logic, state machine, event handler, type annotation,
type checker, source table, incremental model, incremental load, full refresh, full load, data freshness,
freshness check, data validation, metric definition, metric layer, metrics tree, kpi tree, cohort table,
sample ratio mismatch, effect size, minimum detectable effect, power analysis, baseline model, training run,
model training, model serving, batch inference, online inference, learning rate, loss function, class imbalance,
label noise, cross validation, grid search, hyperparameter tuning, forecast error, forecast accuracy, text mining,
topic model, prompt template, system prompt, human in the loop, golden dataset, golden set, identity resolution,
customer 360, single customer view, conformed dimension, escalation path, ticket triage, response time,
voice of the customer, customer effort, at risk account, value realisation, value realization, adoption plan,
named account, key account, tech touch, high touch, low touch, license utilisation, seat utilisation,
master agreement, termination right, gross negligence, consequential damages, background ip, audit right,
sub processor, transfer impact assessment, adequacy decision, binding corporate rules, records of processing,
processing agreement, processing register, deletion concept, erasure request, deletion request, retention schedule,
litigation hold, articles of association, shareholder agreement, board resolution, trademark filing,
patent application, statute of limitations, disclosure schedule, reps and warranties, representations and warranties,
mutual nda, wet ink, signing authority, sanctions list, pay equity, merit cycle, 360 feedback, regretted attrition,
pulse survey, pick list, packing slip, customs declaration, cut off time, freight rate, fuel surcharge,
dimensional weight, volumetric weight, hub and spoke, milk run, load factor, fleet utilisation, route optimisation,
route optimization, capacity utilisation, capacity utilization, on time in full, wave picking, batch picking,
zone picking, vendor managed inventory, stock keeping unit, lot tracking, parcel locker, drop point, webhook payload,
sprint board, sprint demo, exception handling, input validation, schema validation, load time, page load time,
query time, boot time, downtime window, failure mode, retry logic, rollback strategy, branching strategy,
test strategy, test matrix, sla breach, sla credit, ownership model, stakeholder map, power map, account map,
product mix, sales mix, channel mix, price corridor, price waterfall, price ladder, price anchor, bundle pricing,
decoy pricing, reference price, discount ladder, discount policy, approval matrix, approval workflow, deal review,
forecast call, commit forecast, call script, cold lead, dead lead, lost reason, loss reason, auto renew,
evergreen contract, price escalator, price indexation, index clause, minimum commitment, minimum term, initial term,
break clause, opt out clause, service description, acceptance protocol, delivery terms, cash forecast,
liquidity plan, liquidity forecast, balance confirmation, cut off date, audit opinion, management letter,
group accounting, cost type, cost object, cost unit, investment case, payback period, zero based budget, budget line,
budget freeze, spend cap, willingness to pay, value metric, price anchoring, good better best, discount matrix,
soft delete, hard delete, cursor pagination, type hints, billable hours, billable rate, phishing simulation,
dwell time, multi threading, sticky user, burn down, price sensitivity, price discrimination,
anchor price, seat based, quota setting, ramp plan, sales territory, deal score, deal slippage, pipeline velocity,
stage conversion, close date slippage
""".strip().rstrip(",")

# Families of terms: whatever stands before a plus goes with whatever stands after it. A hyphen joins words of one part.
FAMILIES = """
bounce win loss close conversion churn renewal + rate
retention activation adoption deflection click click-through open reply + rate
response unsubscribe opt-in opt-out hit error failure + rate
success cache-hit completion drop-off attach burn growth interest + rate
exchange day tax utilisation utilization occupancy attrition + rate
turnover no-show acceptance escalation resolution reopen refund + rate
return take discount hurdle fill crash sampling frame + rate
bit transfer defect escape engagement view-through delivery sell-through + rate
contribution abandonment save win-back vacancy hit-rate + rate
contact pick recall detection false-positive change-failure + rate
load smoke unit integration end-to-end e2e flaky pen + test
penetration usability regression acceptance snapshot contract soak stress + test
a-b split multivariate property-based performance visual-regression chaos fuzz tree hallway significance t + test
load unit integration end-to-end e2e penetration usability + testing
regression acceptance contract stress a-b split multivariate + testing
performance chaos fuzz tree accessibility property-based concept exploratory + testing
database schema data cloud platform zero-downtime + migration
data + lake model contract room mesh mart catalog
data + catalogue governance steward stewardship pipeline drift lineage retention
data + residency quality warehouse platform vault product layer enrichment dictionary protection-officer
api rest graphql avro event protobuf database table + schema
api + contract gateway key token version versioning endpoint call client
feature product technical tech design ux + debt
feature release + flag flagging toggle
rate credit connection memory cpu + limit
gross operating contribution net ebitda ebit profit + margin
retention learning yield demand supply adoption forgetting + curve
sales data ci build deployment deal hiring etl elt training rendering talent analytics + pipeline
sales marketing conversion hiring sign-up signup checkout activation acquisition purchase + funnel
cohort churn funnel variance sensitivity gap root-cause + analysis
break-even cost-benefit win-loss regression swot conjoint basket + analysis
cluster failure-mode pareto abc retention sentiment scenario + analysis
usage value cost-plus cost seat tier consumption subscription + based + pricing billing model
usage dynamic metered tiered surge penetration transfer per-seat flat-rate + pricing
role attribute token risk account + based + access access-control authentication auth
trunk event claim permission skills + based + access access-control authentication auth
role attribute token risk account trunk event claim permission skills + based + routing selling marketing development
event test domain behaviour behavior + driven + architecture development design
product sales community partner + led + growth
month year quarter period + end + close closing accrual adjustment
monthly annual annualised annualized net gross + recurring-revenue
vector inverted search covering composite partial btree full-text + index
object block cold blob + storage
message job task work priority dead-letter event retry + queue
thread worker connection process memory talent option + pool
message load event service + broker balancer bus mesh
access refresh bearer session api hardware csrf auth id design + token
foreign primary composite api encryption signing partition idempotency surrogate public private ssh + key
payment api sms vpn service + gateway
semantic presentation persistence caching cache abstraction access transport metrics + layer
decision prioritisation prioritization raci eisenhower traceability confusion + matrix
health lead credit nps propensity quality relevance fraud customer-effort z f1 + score
customer buyer user employee candidate + journey
customer user buyer marketing + segment segmentation persona
user desk ux + research
tax vat + return
cost profit buying + center centre
credit debit + note memo
working share venture + capital
bottom-up top-down rolling cash-flow demand + forecast
accounts trade + payable receivable
aging ageing + report
exponential linear + backoff
canary blue-green rolling phased shadow dark staged + release deployment rollout launch
read write hot warm cold + replica standby path
eventual strong causal + consistency
root intermediate wildcard tls ssl client + certificate cert
dns mx cname txt + record
feature model data concept configuration config schema + drift
error empty loading hover focus disabled + state
style design icon colour color type font motion + guide token scale
color colour contrast aspect + contrast ratio
lead opportunity account + scoring routing
sales partner revenue channel + enablement ops operations
sales self-serve self-service plg + motion
churn concentration counterparty currency credit + risk
liability indemnity termination confidentiality arbitration exclusivity assignment penalty severability + clause cap
force-majeure change-of-control most-favoured-nation + clause
salary pay compensation comp + band
stock share equity option + option grant plan
open-source perpetual copyleft + licence license
disaster business + recovery continuity
first second third 1st 2nd 3rd + level line tier + support
first last multi single + touch click + attribution model
last first middle + mile
safety buffer dead consignment + stock
lead cycle takt dwell handle handling resolution transit ramp build + time
p50 p75 p90 p95 p99 tail + latency
control treatment holdout hold-out test + group
training validation holdout hold-out test eval + set
test code branch pipeline + coverage
sprint capacity headcount workforce demand account succession + planning plan
success comp commission compensation tracking measurement media test rollback close mutual-action territory + plan
backlog sprint + grooming refinement planning goal
user job + story
story + point map mapping
code feature hiring + freeze
merge pull change + request
merge + conflict queue
server client + side + rendering validation
security data-retention retention + policy
brand incremental + lift
etl elt batch cron background + job
"""

# Terms that are verbs, or nothing, unless a hyphen joins them. The second word is the last before a plural.
HYPHENATED = """
write-off write-down write-up opt-in opt-out cross-sell up-sell carve-out earn-out claw-back ring-fence lock-in lock-up
fan-out fan-in true-up on-prem drop-off sell-through sell-in stock-out back-order post-mortem pre-mortem hi-fi lo-fi
run-rate fail-over roll-back back-fill hot-fix co-term pre-money post-money buy-back tear-down cut-over dog-food
break-glass win-back cold-start no-code low-code
""".strip()


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Pairs that a sign joins.
JOINED = _set("a/b ci/cd d&o g&a i/o l&d m&a n+1 o&m p&l r&r s&op t&c tcp/ip win/loss")

# Heads that make a term of any noun before them: bounce rate, reply rate, take rate.
OPEN_HEADS = _set("rate ratio curve parity debt")

# Heads that make a term of another term before them: churn model, attribution window, ingestion pipeline.
TERM_HEADS = _set(
    """
    analysis attainment bridge budget cert certificate controller coverage curve debt engine flag forecast funnel
    gateway index injection invalidation job key lag lake layer limit lock margin matrix model parameter parity
    pipeline pool prediction rate ratio recognition record risk schedule score store threshold token tree window
    """
)

# Letters that would otherwise be taken for a word, a shout, a name or an identifier, or that people write small. The
# others need no list: capitals in a row are a term.
ACRONYMS = _set(
    """
    2fa 3pl 4pl a11y abac abm acv adr ae aht aml ap apac api ar aria arpa arpu arr b2b b2b2c b2c bant bdd bdr bom
    cac cagr capa ccpa cdc cdn ci cls clv cms cogs cors cpa cpc cpl cpm cpu cqrs crm cro crud csat csm csrf css csv
    cta ctr cve d2c dach dag dau ddd ddos ddp devops devsecops dkim dmarc dns dom dpa dpia dpo dso dwh e2e ebit
    ebitda ebr elt emea enps eoq erp esop etl eula fcf fcr fifo finops fte fx ga gaap gdpr gitops gmv gpu graphql
    grpc grr gtm hipaa html http https i18n iaas iam icp ifrs inp iot ip irr iso jit json jtbd jwt k8s kpi kyc l10n
    latam lcp ldap lifo llm loi ltv mau meddic meddpicc mfa ml mlops moq mou mql mrr msa mtbf mtd mtls mttr mvp nda
    ndr nlp nosql nps npv nrr o11y o2c oauth ocr oidc okr olap oltp oms orm p2p p50 p75 p90 p95 p99 paas pci phi pii
    pim plg po poc pql pr prd pwa qa qbr qoq qtd raci rag ram rbac rca revops rfc rfi rfp rfq rice roas roe roi rpo
    rto saas saml scd scim sdk sdr sem seo serp sku sla sli slo smtp soc sow spf sql sre ssd ssl sso ssr tam tco tcv
    tdd tls tms uat ugc ui usp utm ux vat vpn vsop wacc waf wau wcag wip wms xml xss yaml yoy ytd
    """
)

# What stands beside a term that is a verb: we churn; we want to churn; to cache the prices, staging the release.
SUBJECTS = _set(
    "i we you they who will can could would should must might may don't didn't can't won't let's pls please"
)
WISHES = _set("want wants need needs going able try trying tried plan have had tend likely decided hope how")
OBJECTS = _set("the a an our my your their his her its this that these those all some every each any it them us")


def words() -> frozenset[str]:
    """Every word that is a term by itself."""
    texts = (SALES_AND_MARKETING, FINANCE, PRODUCT_AND_DESIGN, ENGINEERING, DATA, SUPPORT_LEGAL_AND_THE_REST)
    return _set(" ".join(texts))


def phrases() -> Iterator[tuple[str, ...]]:
    """Every term of several words that may stand with spaces, word by word, as it is written here."""
    for phrase in PHRASES.split(","):
        yield tuple(phrase.split())
    for family in FAMILIES.strip().splitlines():
        for parts in product(*(part.split() for part in family.split(" + "))):
            yield tuple("-".join(parts).split("-"))


def hyphenated() -> Iterator[tuple[str, ...]]:
    """Every term of several words that only a hyphen makes one."""
    for phrase in HYPHENATED.split():
        yield tuple(phrase.split("-"))
