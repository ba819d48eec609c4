/**
 * One JSON object whose long lists are read while its bytes arrive: each entry is handed over when its last byte is there,
 * and neither the text nor the lists are ever held whole. Here only the places are found where entries begin and end; what
 * stands between them goes through `parseJson`, so that the strict rules hold for every byte.
 * Source: RFC 8259; SPEC.md, "JSON".
 */
import { maxJsonDepth } from "./canonical-json.ts";
import type { JsonRefusal } from "./json-limits.ts";
import { jsonObject } from "./json-object.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { parseJson } from "./parse-json.ts";

/** Bounds of one text. */
export interface JsonListLimits {
	/** Of the whole text, in bytes. */
	readonly maxBytes: number;
	/** Of all the lists together. */
	readonly maxEntries: number;
	/** Of one entry in bytes, and of everything together that is in none of the lists. */
	readonly maxEntryBytes: number;
}

/** An entry of one of the lists. */
export interface ListEntry {
	readonly list: string;
	readonly value: JsonValue;
}

/** Why the text is refused, for good. */
export interface RefusedText {
	readonly kind: "refused";
	readonly reason: JsonRefusal | "too-many-entries";
}

/** What a piece of the text completed. */
export type ListReading = { readonly kind: "ok"; readonly entries: readonly ListEntry[] } | RefusedText;

/** Where the reader stands; the modes from `key` to `entry` collect bytes up to what ends them. */
type Mode = "start" | "key" | "member" | "entry" | "afterList" | "done";

/** Members of the object besides the lists: more than any endpoint has. */
const maxMembers = 100;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const braceOpen = 0x7b;
const braceClose = 0x7d;
const bracketOpen = 0x5b;
const bracketClose = 0x5d;

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Carries a refusal out of the loop; `push` makes it a value. */
class Refused {
	readonly reason: RefusedText["reason"];
	constructor(reason: RefusedText["reason"]) {
		this.reason = reason;
	}
}

/** Reads one text; made anew for each. */
export class JsonListStream {
	readonly #lists: ReadonlySet<string>;
	readonly #limits: JsonListLimits;
	readonly #names = new Set<string>();
	readonly #rest: (readonly [string, JsonValue])[] = [];
	#refused: RefusedText | undefined;
	#mode: Mode = "start";
	#name = "";
	/** Nothing stands before in the object, or in the list. */
	#isFirst = true;
	#depth = 0;
	#isInString = false;
	#isEscaped = false;
	/** What was collected in earlier pieces. */
	#kept: Uint8Array[] = [];
	#keptBytes = 0;
	#bytes = 0;
	#restBytes = 0;
	#entryCount = 0;
	#entries: ListEntry[] = [];

	/** `lists`: the members that are handed over entry by entry, where they are lists. */
	constructor(lists: readonly string[], limits: JsonListLimits) {
		this.#lists = new Set(lists);
		this.#limits = limits;
	}

	/** Reads on. After a refusal every call refuses. */
	push(piece: Uint8Array): ListReading {
		if (this.#refused !== undefined) return this.#refused;
		try {
			this.#bytes += piece.length;
			if (this.#bytes > this.#limits.maxBytes) throw new Refused("too-long");
			this.#read(piece);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			this.#refused = { kind: "refused", reason: error.reason };
			return this.#refused;
		}
		const entries = this.#entries;
		this.#entries = [];
		return { kind: "ok", entries };
	}

	/** The text has ended: the object without what was handed over. A list that was is there, empty. */
	end(): { readonly kind: "ok"; readonly value: JsonObject } | RefusedText {
		if (this.#refused !== undefined) return this.#refused;
		return this.#mode === "done"
			? { kind: "ok", value: jsonObject(this.#rest) }
			: { kind: "refused", reason: "syntax" };
	}

	#read(piece: Uint8Array): void {
		let from = 0;
		for (let at = 0; at < piece.length; at++) {
			const byte = piece[at] as number;
			if (this.#mode === "start" || this.#mode === "afterList" || this.#mode === "done") {
				this.#step(byte);
				from = at + 1;
			} else if (this.#isInString) {
				this.#inString(byte);
			} else if (this.#isEnd(byte)) {
				this.#finish(this.#collected(piece.subarray(from, at)), byte);
				from = at + 1;
			} else if (this.#opensList(byte)) {
				this.#beginList(piece.subarray(from, at));
				from = at + 1;
			} else {
				this.#nest(byte);
			}
		}
		if (from < piece.length) this.#keep(piece.subarray(from));
	}

	/** Between what is collected. */
	#step(byte: number): void {
		if (isBlank(byte)) return;
		if (this.#mode === "start" && byte === braceOpen) this.#mode = "key";
		else if (this.#mode === "afterList" && (byte === comma || byte === braceClose)) this.#endMember(byte);
		else throw new Refused("syntax");
	}

	#inString(byte: number): void {
		if (this.#isEscaped) this.#isEscaped = false;
		else if (byte === backslash) this.#isEscaped = true;
		else if (byte === quote) this.#isInString = false;
	}

	#isEnd(byte: number): boolean {
		if (this.#depth > 0) return false;
		if (this.#mode === "key") return byte === colon || byte === braceClose;
		return byte === comma || byte === (this.#mode === "entry" ? bracketClose : braceClose);
	}

	/** A list that is handed over begins here, if nothing but white space stood before. Looked at for the first byte only. */
	#opensList(byte: number): boolean {
		return byte === bracketOpen && this.#mode === "member" && this.#depth === 0 && this.#lists.has(this.#name);
	}

	#nest(byte: number): void {
		if (byte === quote) this.#isInString = true;
		else if (byte === braceOpen || byte === bracketOpen) this.#depth += 1;
		else if (byte === braceClose || byte === bracketClose) this.#depth -= 1;
		if (this.#depth < 0) throw new Refused("syntax");
		if (this.#depth > maxJsonDepth) throw new Refused("too-deep");
	}

	#keep(bytes: Uint8Array): void {
		this.#keptBytes += bytes.length;
		if (this.#keptBytes > this.#limits.maxEntryBytes) throw new Refused("too-long");
		// The piece's memory is its giver's.
		this.#kept.push(bytes.slice());
	}

	#collected(last: Uint8Array): Uint8Array {
		if (this.#keptBytes + last.length > this.#limits.maxEntryBytes) throw new Refused("too-long");
		if (this.#kept.length === 0) return last;
		const whole = new Uint8Array(this.#keptBytes + last.length);
		let at = 0;
		for (const part of [...this.#kept, last]) {
			whole.set(part, at);
			at += part.length;
		}
		this.#kept = [];
		this.#keptBytes = 0;
		return whole;
	}

	#finish(text: Uint8Array, end: number): void {
		if (this.#mode === "key") this.#finishKey(text, end);
		else if (this.#mode === "entry") this.#finishEntry(text, end);
		else {
			this.#rest.push([this.#name, this.#parse(text, 1)]);
			this.#restBytes += text.length;
			if (this.#restBytes > this.#limits.maxEntryBytes) throw new Refused("too-long");
			this.#endMember(end);
		}
	}

	#finishKey(text: Uint8Array, end: number): void {
		if (end === braceClose) {
			if (!(this.#isFirst && text.every(isBlank))) throw new Refused("syntax");
			this.#mode = "done";
			return;
		}
		const name = this.#parse(text, 1);
		if (typeof name !== "string") throw new Refused("syntax");
		if (this.#names.has(name)) throw new Refused("duplicate-key");
		if (this.#names.size === maxMembers) throw new Refused("too-many-keys");
		this.#names.add(name);
		this.#name = name;
		this.#mode = "member";
	}

	#beginList(before: Uint8Array): void {
		if (!this.#collected(before).every(isBlank)) throw new Refused("syntax");
		this.#rest.push([this.#name, []]);
		this.#mode = "entry";
		this.#isFirst = true;
	}

	#finishEntry(text: Uint8Array, end: number): void {
		const isEmptyList = end === bracketClose && this.#isFirst && text.every(isBlank);
		if (!isEmptyList) {
			this.#entryCount += 1;
			if (this.#entryCount > this.#limits.maxEntries) throw new Refused("too-many-entries");
			this.#entries.push({ list: this.#name, value: this.#parse(text, 2) });
		}
		this.#isFirst = false;
		if (end === bracketClose) this.#mode = "afterList";
	}

	#endMember(end: number): void {
		this.#isFirst = false;
		this.#mode = end === comma ? "key" : "done";
	}

	#parse(text: Uint8Array, level: number): JsonValue {
		const parsed = parseJson(text, { maxBytes: text.length, maxDepth: maxJsonDepth - level });
		if (parsed.kind === "refused") throw new Refused(parsed.reason);
		return parsed.value;
	}
}
