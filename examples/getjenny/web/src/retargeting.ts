// People who looked at the prices see our banners on other sites.
//
// policylint: flow retargeting from here to adreach "Pixel on the price page" {
//   data     device.cookie, behavior.browsing.visit
//   purpose  marketing.advertising.targeted
//   via      tracking.web_beacon
//   consideration none
// }
export function markAsInterested(campaign: string): void {
  const pixel = new Image(1, 1);
  pixel.src = `https://px.adreach.example/v2?c=${encodeURIComponent(campaign)}&p=${location.pathname}`;
}
