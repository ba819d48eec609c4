/** An object with signatures, as the Matrix APIs have it. */
export interface SignedObject {
	readonly signatures?: Readonly<Record<string, Readonly<Record<string, string>>>>;
	readonly [member: string]: unknown;
}

/**
 * JSON in the one form that is signed. Written for itself, not with `federation/json`: this client is the second opinion.
 * Matrix v1.19, appendices, "Canonical JSON".
 */
export const canonicalText = (value: unknown): string => {
	if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join(",")}}`;
};

/** What the signatures of an object are over. */
export const signedText = ({ signatures: _, unsigned: __, ...signed }: SignedObject): string => canonicalText(signed);

/** The object with one signature more. */
export const withSignature = <Signed extends SignedObject>(
	json: Signed,
	{ signer, keyId, signature }: { readonly signer: string; readonly keyId: string; readonly signature: string },
): Signed => ({
	...json,
	signatures: { ...json.signatures, [signer]: { ...json.signatures?.[signer], [keyId]: signature } },
});
