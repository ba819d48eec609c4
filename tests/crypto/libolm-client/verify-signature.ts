import Olm from "@matrix-org/olm";
import { type SignedObject, signedText } from "./canonical-text.ts";

/** Whether the object bears this person's signature by that key, as libolm sees it. */
export const isSignedBy = (json: SignedObject, signer: string, key: { readonly id: string; readonly key: string }) => {
	const signature = json.signatures?.[signer]?.[`ed25519:${key.id}`];
	if (signature === undefined) return false;
	const utility = new Olm.Utility();
	try {
		utility.ed25519_verify(key.key, signedText(json), signature);
		return true;
	} catch {
		return false;
	} finally {
		utility.free();
	}
};
