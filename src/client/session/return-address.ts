const parameter = "to";
const signIn = "/sign-in";
const signUp = "/sign-up";
const chats = "/chat";

/** The sign-in that leads back to where somebody wanted to go. */
export function signInAddress(wanted: string): string {
	return leadingBack(signIn, wanted);
}

/** The same for whoever has no account yet. */
export function signUpAddress(wanted: string): string {
	return leadingBack(signUp, wanted);
}

function leadingBack(page: string, wanted: string): string {
	return wanted === chats ? page : `${page}?${new URLSearchParams({ [parameter]: wanted })}`;
}

/** Where a sign-in leads: to an address of this app and nowhere else, whoever made the link. */
export function wantedAddress(search: string, origin: string): string {
	const wanted = new URLSearchParams(search).get(parameter) ?? chats;
	if (!wanted.startsWith("/") || !URL.canParse(wanted, origin)) return chats;
	const url = new URL(wanted, origin);
	return url.origin === origin && url.pathname !== signIn && url.pathname !== signUp
		? url.pathname + url.search
		: chats;
}
