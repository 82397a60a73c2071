// What a browser keeps for this page, by name, as text. One that has no room left, or has been told to keep nothing, is no
// reason to lose anything: it is then kept for as long as the page is open.

function storage(theBrowsers) {
  const here = new Map();
  return {
    read(name) {
      if (here.has(name)) return here.get(name);
      try {
        return theBrowsers().getItem(name);
      } catch {
        return null;
      }
    },
    write(name, text) {
      try {
        if (text === null) theBrowsers().removeItem(name);
        else theBrowsers().setItem(name, text);
        here.delete(name);
      } catch {
        here.set(name, text);
      }
    },
  };
}

export const ofTab = storage(() => sessionStorage);
export const ofBrowser = storage(() => localStorage);
