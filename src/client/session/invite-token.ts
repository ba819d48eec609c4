const key = "kith.invite";

/**
 * The secret of the invite link that was opened. It stands behind the `#`, where no server sees it; this tab keeps it over
 * a sign-in, and the address, which the device would remember, loses it.
 */
export function takeInviteToken(): string | undefined {
	const found = location.hash.slice(1);
	if (found !== "") {
		sessionStorage.setItem(key, found);
		history.replaceState({ ...history.state, url: "/join", as: "/join" }, "", "/join");
	}
	return sessionStorage.getItem(key) ?? undefined;
}

/** Called when the link has done what it is for. */
export function dropInviteToken(): void {
	sessionStorage.removeItem(key);
}
