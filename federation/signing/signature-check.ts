/** The outcome of checking signatures; rule ids in federation/SPEC.md, "Signing". */

/** The rule that a signature broke. */
export type SignatureRule =
	/** The entity has no Ed25519 signature on the object. */
	| "SIG-02"
	/** None of the entity's signatures is by a key that is known and valid at the time. */
	| "SIG-03"
	/** A signature by a usable key is no base64 or does not verify. */
	| "SIG-04"
	/** The event names an authorising user whose id is malformed, so that nobody can have signed for it. */
	| "SIG-08";

/** Verified, or refused by a rule; `detail` is for logs. */
export type SignatureCheck =
	| { readonly kind: "verified" }
	| { readonly kind: "refused"; readonly rule: SignatureRule; readonly detail: string };
