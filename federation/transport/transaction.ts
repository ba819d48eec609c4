/**
 * A transaction: what one server pushes to another, events and what is told once and kept nowhere. Here its form is read;
 * what is in it is judged one by one, and never fails the whole.
 * Source: Matrix v1.19 Server-Server API, "Transactions"; `PUT /send/{txnId}`.
 */
import { badJson, type Refusal } from "../handshakes/refusal.ts";
import type { ServerName } from "../identifiers/identifier-types.ts";
import { getObject, getString, getValue, isJsonArray, isJsonObject, jsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";

/** Most events that a transaction may hold. */
export const maxPdus = 50;
/** Most ephemeral messages that a transaction may hold. */
export const maxEdus = 100;

/** An ephemeral data unit: what is told between servers and is no event. */
export interface Edu {
	/** `m.typing` and the like. */
	readonly type: string;
	readonly content: JsonObject;
}

/** What a transaction holds. */
export interface Transaction {
	readonly pdus: readonly JsonObject[];
	readonly edus: readonly Edu[];
}

/** A transaction of the right form, or why it is refused whole. */
export type TransactionParsing = { readonly kind: "ok"; readonly transaction: Transaction } | Refusal;

/**
 * Reads the body of a transaction (TXN-01, TXN-02). Entries that are not what they should be are left out: they could not
 * be named in the answer.
 */
export const parseTransaction = (content: JsonObject): TransactionParsing => {
	const pdus = listOf(content, "pdus");
	const edus = listOf(content, "edus");
	if (pdus === undefined) return badJson("pdus is no list");
	if (edus === undefined) return badJson("edus is no list");
	if (pdus.length > maxPdus) return badJson(`more than ${maxPdus} PDUs`);
	if (edus.length > maxEdus) return badJson(`more than ${maxEdus} EDUs`);
	return { kind: "ok", transaction: { pdus: pdus.filter(isJsonObject), edus: edus.flatMap(eduOf) } };
};

/** The body of a transaction. */
export const encodeTransaction = (
	{ pdus, edus }: Transaction,
	sent: { readonly origin: ServerName; readonly originServerTs: number },
): JsonObject =>
	jsonObject([
		["origin", sent.origin],
		["origin_server_ts", sent.originServerTs],
		["pdus", pdus],
		[
			"edus",
			edus.map(({ type, content }) =>
				jsonObject([
					["edu_type", type],
					["content", content],
				]),
			),
		],
	]);

/** Absent is empty: a transaction without PDUs is sent as often without the list as with an empty one. */
const listOf = (content: JsonObject, key: string): readonly JsonValue[] | undefined => {
	const value = getValue(content, key);
	if (value === undefined) return [];
	return isJsonArray(value) ? value : undefined;
};

const eduOf = (value: JsonValue): readonly Edu[] => {
	if (!isJsonObject(value)) return [];
	const type = getString(value, "edu_type");
	const content = getObject(value, "content");
	return type === undefined || content === undefined ? [] : [{ type, content }];
};
