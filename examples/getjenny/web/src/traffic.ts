const VISITOR_COOKIE = "gj_visitor";
const SIX_MONTHS = 60 * 60 * 24 * 182;

// policylint: flow page_views from visitor to here "Page views" {
//   data     device.cookie, device.user_agent, behavior.browsing.visit,
//            behavior.browsing.clickstream
//   purpose  analytics
//   subject  visitor in FI, visitor in SE, visitor in DE
//   via      cookie.first_party, tracking.analytics_script
// }
export function countVisit(path: string): void {
  const visitor = readCookie(VISITOR_COOKIE) ?? crypto.randomUUID();
  document.cookie = `${VISITOR_COOKIE}=${visitor}; max-age=${SIX_MONTHS}; secure; samesite=lax`;
  navigator.sendBeacon("/api/visits", JSON.stringify({ visitor, path, at: Date.now() }));
}

// policylint: flow statistics from here to trafficwise "Visits, to be counted" {
//   data     device.cookie, behavior.browsing.visit, behavior.browsing.clickstream
//   purpose  analytics
//   keep     12 months
// }
export function loadStatistics(siteId: string): void {
  const script = document.createElement("script");
  script.src = `https://stats.trafficwise.example/${siteId}.js`;
  script.async = true;
  document.head.append(script);
}

function readCookie(name: string): string | undefined {
  return document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
