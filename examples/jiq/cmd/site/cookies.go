// Package site serves the public pages and the customer area.
package site

import (
	"net/http"
	"time"
)

const (
	sessionCookie  = "jiq_session"
	languageCookie = "jiq_lang"
	rememberFor    = 14 * 24 * time.Hour
)

// policylint: flow login from customer to here "Login cookie" {
//   data     device.cookie
//   purpose  service.authentication, service.session
//   subject  customer aged 18+
//   via      cookie.session
//   keep     14 days after logged_off
// }

// StartSession signs a customer in. The token outlives the log-off so that the next visit is quick.
func StartSession(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name:     sessionCookie,
		Value:    token,
		Path:     "/",
		MaxAge:   int(rememberFor.Seconds()),
		Secure:   true,
		HttpOnly: true,
		SameSite: http.SameSiteLaxMode,
	})
}

// policylint: flow language from visitor to here "Language cookie" {
//   data     device.cookie
//   purpose  personalization.service
//   subject  visitor aged 18+
//   via      cookie.session
// }

// KeepLanguage remembers which language the visitor has picked.
func KeepLanguage(w http.ResponseWriter, lang string) {
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: lang, Path: "/"})
}

// policylint: flow usage from customer to here "What is used in the customer area" {
//   data     behavior.service_usage
//   purpose  analytics
//   subject  customer aged 18+
//   via      automatic
//   keep     13 months
// }

// Count notes that a feature was used and goes on with the request.
func Count(feature string, record func(feature, account string), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie(sessionCookie); err == nil {
			record(feature, cookie.Value)
		}
		next.ServeHTTP(w, r)
	})
}
