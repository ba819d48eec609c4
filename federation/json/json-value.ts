/**
 * The JSON values that Matrix events are made of. Objects that come out of `parseJson` have a null prototype, so
 * `__proto__` is a key like any other. Source: Matrix v1.19 appendices, "Canonical JSON".
 */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object; look keys up with `Object.hasOwn` or through a null-prototype object only. */
export interface JsonObject {
	readonly [key: string]: JsonValue | undefined;
}
