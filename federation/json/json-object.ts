/**
 * JSON objects without a prototype, so that `__proto__`, `constructor` or `toString` in a peer's data are keys like any
 * other and a missing key is never found on `Object.prototype`. Nothing here changes an object it was given.
 */
import type { JsonObject, JsonValue } from "./json-value.ts";

type MutableJsonObject = { [key: string]: JsonValue | undefined };

/** A null-prototype object with the given entries; a later entry replaces an earlier one of the same key. */
export const jsonObject = (entries: Iterable<readonly [string, JsonValue]> = []): JsonObject => {
	const object = emptyObject();
	for (const [key, value] of entries) {
		object[key] = value;
	}
	return object;
};

/** True for objects that are no arrays and not null. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** True for arrays; `Array.isArray` alone does not narrow a readonly array. */
export const isJsonArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** The object's own value of the key, whatever prototype the object has. */
export const getValue = (object: JsonObject, key: string): JsonValue | undefined =>
	Object.hasOwn(object, key) ? object[key] : undefined;

/** The own value of the key if it is a string. */
export const getString = (object: JsonObject, key: string): string | undefined => {
	const value = getValue(object, key);
	return typeof value === "string" ? value : undefined;
};

/** The own value of the key if it is an integer in the safe range. */
export const getInteger = (object: JsonObject, key: string): number | undefined => {
	const value = getValue(object, key);
	return Number.isSafeInteger(value) ? (value as number) : undefined;
};

/** The own value of the key if it is an object. */
export const getObject = (object: JsonObject, key: string): JsonObject | undefined => {
	const value = getValue(object, key);
	return isJsonObject(value) ? value : undefined;
};

/** A copy without the keys. */
export const withoutKeys = (object: JsonObject, keys: readonly string[]): JsonObject => {
	const copy = emptyObject();
	for (const key of Object.keys(object)) {
		if (!keys.includes(key)) {
			copy[key] = object[key];
		}
	}
	return copy;
};

/** A copy with only those of the keys that the object has. */
export const withOnlyKeys = (object: JsonObject, keys: readonly string[]): JsonObject => {
	const copy = emptyObject();
	for (const key of keys) {
		if (Object.hasOwn(object, key)) {
			copy[key] = object[key];
		}
	}
	return copy;
};

/** A copy in which the key has the value. */
export const withKey = (object: JsonObject, key: string, value: JsonValue): JsonObject => {
	const copy = emptyObject();
	for (const own of Object.keys(object)) {
		copy[own] = object[own];
	}
	copy[key] = value;
	return copy;
};

const emptyObject = (): MutableJsonObject => Object.create(null) as MutableJsonObject;
