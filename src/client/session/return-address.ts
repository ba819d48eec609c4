const parameter = "to";
const signIn = "/sign-in";
const chats = "/chat";

/** The sign-in that leads back to where somebody wanted to go. */
export function signInAddress(wanted: string): string {
	return wanted === chats ? signIn : `${signIn}?${new URLSearchParams({ [parameter]: wanted })}`;
}

/** Where a sign-in leads: to an address of this app and nowhere else, whoever made the link. */
export function addressAfterSignIn(search: string, origin: string): string {
	const wanted = new URLSearchParams(search).get(parameter) ?? chats;
	if (!wanted.startsWith("/") || !URL.canParse(wanted, origin)) return chats;
	const url = new URL(wanted, origin);
	return url.origin === origin && url.pathname !== signIn ? url.pathname + url.search : chats;
}
