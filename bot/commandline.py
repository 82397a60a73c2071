"""The command line: one program, eight words. Each loads only what it needs, so that `run` starts fast."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.config import ConfigProblem, Environment

if TYPE_CHECKING:
    from bot.registry import Registry

WRONG, TROUBLE, INTERRUPTED = 2, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one subcommand. 0: done; 1: trouble; 2: something in the environment, the files or the command is wrong.

    What can be foreseen is told on standard error in a sentence that says what to do; only a bug shows a traceback.
    """
    asked = _parser().parse_args(argv)
    try:
        code: int = asked.act(asked)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read has stopped reading (as `| head` does); Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except Exception as error:
        from bot.complaints import complaint

        told = complaint(error)
        if told is None:
            raise
        return _complain(*told)


def registered() -> "Registry":
    """The registry with every feature in it, without opening anything."""
    from bot.registering import registered as build

    return build()


def run(asked: argparse.Namespace) -> int:
    import asyncio
    import gc

    environment = _environment()
    environment.mode()
    _warn_of_the_disk(environment)
    # Loading makes very many objects and no garbage: looking for some would take a quarter of the start.
    gc.disable()
    from bot import logs
    from bot.config.reading import read_path
    from bot.running import Bot

    read_path(environment.config)
    gc.freeze()
    gc.enable()
    logs.configure(environment.log_level)
    asyncio.run(Bot(environment).run())
    return 0


def demo(asked: argparse.Namespace) -> int:
    from bot.demo.running import run as run_demo

    return run_demo(_environment(), Path(asked.data), asked.port, fresh=asked.fresh, verbose=asked.verbose)


def sandbox(asked: argparse.Namespace) -> int:
    from bot.sandboxing import serve

    serve(
        host=asked.host,
        port=asked.port,
        data=asked.data,
        seed=asked.seed,
        manifest=asked.manifest,
        with_parent=asked.with_parent,
    )
    return 0


def migrate(asked: argparse.Namespace) -> int:
    from bot import migrations
    from bot.database import Database

    environment = _environment()
    _warn_of_the_disk(environment)
    with contextlib.closing(Database.open(environment.database_url)) as database:
        migrations.upgrade(database)
    print("The database is up to date.")
    return 0


def manifest(asked: argparse.Namespace) -> int:
    from bot import manifest as made

    registry = registered()
    if asked.explain:
        print(made.explain(registry))
        return 0
    mode: made.Mode = "http" if asked.http else "socket"
    built = made.manifest(registry, mode, _public(asked.http), _renamed())
    if asked.link:
        print(made.link(built))
    elif asked.yaml:
        import yaml

        print(yaml.safe_dump(built, sort_keys=False, allow_unicode=True), end="")
    else:
        import json

        print(json.dumps(built, indent=2, ensure_ascii=False))
    return 0


def check_config(asked: argparse.Namespace) -> int:
    from bot.check_config import check
    from bot.clock import Clock
    from bot.exporting import known_directory

    environment = _environment()
    file = Path(asked.file) if asked.file else environment.config
    good, text = check(file, Clock().now(), None if asked.offline else known_directory(environment))
    print(text, file=sys.stdout if good else sys.stderr)
    return 0 if good else WRONG


def export(asked: argparse.Namespace) -> int:
    out = asked.out and Path(asked.out)
    _must_fit(asked)
    if asked.what == "glossary":
        from bot.exchanging import export_glossary

        export_glossary(_environment(), asked.format, out, asked.workspace)
    elif asked.what == "decisions":
        from bot.exchanging import export_decisions

        format, place = ("madr", asked.madr) if asked.madr else (asked.format, out)
        export_decisions(_environment(), format, place, asked.viewer, asked.workspace, private=asked.private)
    else:
        from bot.exporting import export_standups

        export_standups(_environment(), out, asked.viewer, asked.workspace)
    return 0


def _must_fit(asked: argparse.Namespace) -> None:
    """Whether what is to be exported can be written so. Raises ConfigProblem."""
    told = ""
    if asked.what == "standups" and asked.format != "csv":
        told, instead = "Stand-ups are exported as a table.", "Write --csv."
    elif asked.what == "glossary" and asked.madr:
        told, instead = "A glossary has no decision records.", "Write --csv, --yaml or --md."
    elif asked.what == "decisions" and asked.format == "yaml":
        told, instead = "Decisions are exported as a table or as Markdown.", "Write --csv, --md or --madr FOLDER."
    elif asked.private and asked.what != "decisions":
        told, instead = "Only decisions are exported with --private.", "Leave it out."
    elif asked.private and asked.viewer:
        told, instead = "What she may read, --as says already.", "Leave --private or --as out."
    elif asked.madr and asked.out:
        told, instead = "Decision records go into the folder after --madr.", "Leave --out out."
    if told:
        raise ConfigProblem.one("export", None, "", told, instead)


def bring_in(asked: argparse.Namespace) -> int:
    from bot.exchanging import import_decisions, import_glossary

    act = import_decisions if asked.what == "decisions" else import_glossary
    good, told = act(_environment(), asked.file, asked.author, asked.workspace, apply=asked.apply)
    print(told, file=sys.stdout if good else sys.stderr)
    return 0 if good else WRONG


def _environment() -> Environment:
    from bot.config import environment

    return environment.read()


def _warn_of_the_disk(environment: Environment) -> None:
    warning = environment.fleeting_disk()
    if warning:
        print(warning, file=sys.stderr)


def _public(address: str | None) -> str | None:
    """Where Slack sends requests: the path is ours, so that only the host needs to be known."""
    if address is None:
        return None
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        message = f"“{address}” is no public https address."
        raise ConfigProblem.one("--http", None, "", message, "Write for example --http https://bot.example.com.")
    return address if parts.path.strip("/") else address.rstrip("/") + "/slack/events"


def _renamed() -> dict[str, str]:
    """The commands that this group calls otherwise, if there is one configuration that says so."""
    from bot.config.reading import read_path

    path = _environment().config
    read = list(read_path(path).values()) if path.exists() else []
    return {f"/{name}": written for name, written in read[0].commands.model_dump().items()} if len(read) == 1 else {}


def _complain(code: int, text: str) -> int:
    with contextlib.suppress(BrokenPipeError):
        print(text, file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{message[:1].upper()}{message[1:]}. “{self.prog} --help” shows what can be written.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m bot", description="Crosswalk keeps a cross-functional group in step, in Slack.")
    words = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for add in (_run, _demo, _sandbox, _migrate, _manifest, _check_config, _export, _import):
        add(words)
    return parser


def _word(words: "argparse._SubParsersAction[_Parser]", name: str, says: str, example: str) -> argparse.ArgumentParser:
    """`says`: what it does, its first sentence being the short help."""
    return words.add_parser(
        name,
        help=says.partition(".")[0],
        description=says,
        epilog=f"Example:  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _run(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Connects to Slack and does its work until it is stopped.\n\n"
        "From the environment, or a file .env: SLACK_BOT_TOKEN with SLACK_APP_TOKEN (over a socket) or\n"
        "SLACK_SIGNING_SECRET (over HTTP, on PORT, at /slack/events); DATABASE_URL (default: SQLite in var/);\n"
        "CONFIG (default: config.yaml); LOG_LEVEL. SIGHUP reads the configuration again."
    )
    _word(words, "run", says, "SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… python -m bot run").set_defaults(act=run)


def _demo(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Shows a stand-up week on this machine, without Slack.\n\n"
        "Starts a workspace with invented people and the bot connected to it, and prints the address to open."
    )
    parser = _word(words, "demo", says, "python -m bot demo --port 8766 --fresh")
    parser.add_argument("--port", type=_port, default=8765, help="where the page is (default: 8765)")
    parser.add_argument("--fresh", action="store_true", help="forget what happened in the demonstration and start over")
    parser.add_argument("--data", default="var", metavar="FOLDER", help="where its databases are (default: var)")
    parser.add_argument("--verbose", action="store_true", help="show what the bot logs")
    parser.set_defaults(act=demo)


def _sandbox(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Runs a strict Slack workspace on this machine, to develop against.\n\n"
        "Without a seed it has the twelve people of the demonstration, and no past."
    )
    parser = _word(words, "sandbox", says, "python -m bot sandbox --port 8765 --data var/sandbox.db")
    parser.add_argument("--port", type=_port, default=8765, help="where it listens (default: 8765)")
    parser.add_argument("--host", default="127.0.0.1", help="on which address (default: this machine only)")
    parser.add_argument("--data", metavar="FILE", help="a SQLite file that keeps it; without one nothing is kept")
    parser.add_argument("--seed", type=Path, metavar="FILE", help="a JSON file with people, channels, messages, apps")
    parser.add_argument("--manifest", type=Path, metavar="FILE", help="a Slack app manifest (JSON) for the app")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input is closed")
    parser.set_defaults(act=sandbox)


def _migrate(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Brings the database at DATABASE_URL up to date.\n\n"
        "Harmless when it is. Needed before `run` on PostgreSQL after each update; on SQLite `run` does it by itself."
    )
    _word(
        words, "migrate", says, "DATABASE_URL=postgresql://bot:secret@db/crosswalk python -m bot migrate"
    ).set_defaults(act=migrate)


def _manifest(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Prints the manifest to create the Slack app from.\n\n"
        "It has the commands, events and least scopes that the program uses; for a socket, or for HTTP with --http."
    )
    parser = _word(words, "manifest", says, "python -m bot manifest --link")
    parser.add_argument("--http", metavar="URL", help="for HTTP: the public https address of the bot")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as JSON (the default)")
    how.add_argument("--yaml", action="store_true", help="as YAML")
    how.add_argument("--link", action="store_true", help="Slack's create-app address with it filled in")
    how.add_argument("--explain", action="store_true", help="why each scope is asked for, and what stops without it")
    parser.set_defaults(act=manifest)


def _check_config(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Checks a configuration, and shows what it means for the coming week.\n\n"
        "People and channels are looked up among those that the bot has last seen in Slack, if it ran here before."
    )
    parser = _word(words, "check-config", says, "python -m bot check-config config.yaml")
    parser.add_argument("file", nargs="?", metavar="FILE", help="a file or folder (default: CONFIG, or config.yaml)")
    parser.add_argument("--offline", action="store_true", help="do not look into the database")
    parser.set_defaults(act=check_config)


def _export(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Writes every answer of every stand-up with its times, the whole glossary, or every decision.\n\n"
        "Without --as, answers and decisions from private channels are left out: what happens there is for their\n"
        "members; --private adds those decisions all the same. A glossary can also be written as YAML or Markdown,\n"
        "decisions as Markdown: one page, or with --madr a record each (MADR: “0012-raise-the-price.md”) in a folder.\n"
        "`import` reads a glossary back, and a table of decisions."
    )
    parser = _word(words, "export", says, "python -m bot export standups --csv --out answers.csv --as @marta")
    parser.add_argument("what", choices=["standups", "glossary", "decisions"], help="what to export")
    how = parser.add_mutually_exclusive_group(required=True)
    for format, says in (("csv", "comma-separated values"), ("yaml", "YAML"), ("md", "Markdown")):
        how.add_argument(f"--{format}", dest="format", action="store_const", const=format, help=f"as {says}")
    how.add_argument("--madr", type=Path, metavar="FOLDER", help="decisions as Markdown decision records, a file each")
    parser.add_argument("--out", metavar="FILE", help="into this file instead of standard output")
    parser.add_argument("--as", dest="viewer", metavar="PERSON", help="as far as she may read: @handle, email or id")
    parser.add_argument("--private", action="store_true", help="decisions of private channels too")
    parser.add_argument("--workspace", metavar="ID", help="which one, if the database holds several: T012AB3CD")
    parser.set_defaults(act=export)


def _import(words: "argparse._SubParsersAction[_Parser]") -> None:
    says = (
        "Reads a glossary from a YAML, CSV or Markdown file, or past decisions from a CSV file.\n\n"
        "Says what it would do, or what is wrong row by row; with --apply it does it, all of it or nothing.\n\n"
        "Decisions need the columns question, decider, asked, channel, and decided (or due, while they are open).\n"
        "Others may follow: outcome, why, context, options, driver, function_asked, function_waiting, tags, links,\n"
        "consulted, informed. Several of something stand with a ; between them. A moment is 2026-11-23 14:30 on the\n"
        "group's clock; a day alone counts from the beginning of its working hours where something was asked, and to\n"
        "their end where it was decided. What is there already (same channel, question and moment) is left alone."
    )
    parser = _word(words, "import", says, "python -m bot import glossary terms.csv --apply --as @marta")
    parser.add_argument("what", choices=["glossary", "decisions"], help="what to import")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="its name ends in .csv, a glossary's in .yaml or .md too"
    )
    parser.add_argument("--apply", action="store_true", help="import it, instead of saying what it would do")
    parser.add_argument("--as", dest="author", metavar="PERSON", help="whose change it is: @handle, email or id")
    parser.add_argument("--workspace", metavar="ID", help="which one, if the database holds several: T012AB3CD")
    parser.set_defaults(act=bring_in)


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > 65535:
        raise argparse.ArgumentTypeError(f"“{written}” is no port: write a number up to 65535")
    return int(written)
