const parameter = "to";
const signIn = "/sign-in";
const signUp = "/sign-up";
const chats = "/chat";

/** What else such an address says. */
type Rest = Readonly<Record<string, string>>;

/** The sign-in that leads back to where somebody wanted to go. */
export function signInAddress(wanted: string, rest: Rest = {}): string {
	return leadingBack(signIn, wanted, rest);
}

/** The same for whoever has no account yet. */
export function signUpAddress(wanted: string, rest: Rest = {}): string {
	return leadingBack(signUp, wanted, rest);
}

/** Where whoever has just made an account keeps the key to their messages, and goes on from. */
export function recoveryKeyAddress(wanted: string): string {
	return leadingBack("/recovery-key", wanted, {});
}

function leadingBack(page: string, wanted: string, rest: Rest): string {
	const said = new URLSearchParams({ ...rest, ...(wanted !== chats && { [parameter]: wanted }) }).toString();
	return said === "" ? page : `${page}?${said}`;
}

/** Where a sign-in leads: to an address of this app and nowhere else, whoever made the link. */
export function wantedAddress(search: string, origin: string): string {
	return ownAddress(new URLSearchParams(search).get(parameter) ?? chats, origin);
}

/** The address within this app, or that of the chats for anything else. */
export function ownAddress(wanted: string, origin: string): string {
	if (!wanted.startsWith("/") || !URL.canParse(wanted, origin)) return chats;
	const url = new URL(wanted, origin);
	return url.origin === origin && url.pathname !== signIn && url.pathname !== signUp
		? url.pathname + url.search
		: chats;
}
