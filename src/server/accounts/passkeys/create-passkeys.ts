import type { AccountsEnvironment } from "../accounts-environment.ts";
import { beginConfirm } from "../confirm-person.ts";
import type { Viewer } from "../viewer.ts";
import { beginPasskeySignUp, type PasskeySignUp } from "./begin-passkey-sign-up.ts";
import type { RelyingParty } from "./ceremonies.ts";
import { addPasskey, beginAddPasskey, listWaysIn, removePasskey, renamePasskey } from "./own-passkeys.ts";
import { beginPasskeySignIn, type PasskeySignIn, signInWithPasskey } from "./sign-in-with-passkey.ts";

/** The use cases around passkeys. */
export const createPasskeys = (environment: AccountsEnvironment) => ({
	beginSignIn: (caller: { readonly relyingParty: RelyingParty; readonly address: string }) =>
		beginPasskeySignIn(environment, caller),
	signIn: (request: PasskeySignIn) => signInWithPasskey(environment, request),
	beginSignUp: (request: PasskeySignUp) => beginPasskeySignUp(environment, request),
	beginConfirm: (viewer: Viewer, relyingParty: RelyingParty) => beginConfirm(environment, viewer, relyingParty),
	waysIn: (viewer: Viewer, confirmationTicket?: string) => listWaysIn(environment, viewer, confirmationTicket),
	beginAdd: (viewer: Viewer, request: Parameters<typeof beginAddPasskey>[2]) =>
		beginAddPasskey(environment, viewer, request),
	add: (viewer: Viewer, request: Parameters<typeof addPasskey>[2]) => addPasskey(environment, viewer, request),
	rename: (viewer: Viewer, renaming: Parameters<typeof renamePasskey>[2]) =>
		renamePasskey(environment, viewer, renaming),
	remove: (viewer: Viewer, removal: Parameters<typeof removePasskey>[2]) => removePasskey(environment, viewer, removal),
});
