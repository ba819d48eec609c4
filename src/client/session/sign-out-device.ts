const parameter = "signOut";
const others = "others";

/** Which devices are to be signed out. */
export type SignOutWish = { readonly deviceId: string } | "others";

/** The page of one's devices, on which that is asked about. */
export function signOutAddress(wish: SignOutWish): string {
	return `/you/devices?${new URLSearchParams({ [parameter]: wish === "others" ? others : wish.deviceId })}`;
}

/** What an address asks about. No device is called "others": their names are capital letters. */
export function signOutWishIn(search: string): SignOutWish | undefined {
	const wish = new URLSearchParams(search).get(parameter);
	if (wish === null) return undefined;
	return wish === others ? "others" : { deviceId: wish };
}
