// What a script asks for is of the ruleset that its page shows, though another may have been opened in a second tab meanwhile.

/** The address with the ruleset that stands in the page's own. */
export function ofThisRuleset(address) {
  const ruleset = new URLSearchParams(location.search).get("ruleset");
  return ruleset ? `${address}${address.includes("?") ? "&" : "?"}ruleset=${encodeURIComponent(ruleset)}` : address;
}
