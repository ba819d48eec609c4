import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { getObject, getString } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../federation/json/parse-json.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { type Edu, encodeTransaction } from "../../../../federation/transport/transaction.ts";
import type { DeliveryDependencies } from "./delivery-dependencies.ts";
import type { OutboxEntry, WaitingEdu } from "./ports.ts";

/** One transaction, with an id of its own that a second attempt keeps. */
export interface OutgoingTransaction {
	readonly txnId: string;
	readonly entries: readonly OutboxEntry[];
	/** What is told once and kept nowhere. */
	readonly edus: readonly Edu[];
	/** What waits on the disk until it was told. */
	readonly lasting: readonly WaitingEdu[];
}

/** Sends it. What the other server says of single events is for the log: it has them, and judges them for itself. */
export const sendTransaction = async (
	{ peers, serverName, clock, log }: DeliveryDependencies,
	destination: ServerName,
	{ txnId, entries, edus, lasting }: OutgoingTransaction,
): Promise<PeerAnswer> => {
	const transaction = { pdus: entries.map(({ json }) => pduOf(json)), edus: [...lasting.map(eduOf), ...edus] };
	const answer = await peers.request(destination, {
		method: "PUT",
		uri: `/_matrix/federation/v1/send/${encodeURIComponent(txnId)}`,
		content: encodeTransaction(transaction, { origin: serverName, originServerTs: clock.now() }),
	});
	if (answer.kind === "answered")
		noteRefusals(answer.content, (line) => log.info({ peer: destination, ...line }, "another server refused an event"));
	return answer;
};

const eduOf = ({ type, content }: WaitingEdu): Edu => {
	const parsing = parseJson(content);
	if (parsing.kind !== "ok") throw new Error("what was stored for another server is no JSON");
	return { type, content: parsing.value as JsonObject };
};

/** The same event goes to many servers at about the same time. */
const parsed = new Map<string, JsonObject>();
const maxParsed = 100;

const pduOf = (json: string): JsonObject => {
	const known = parsed.get(json);
	if (known !== undefined) return known;
	const parsing = parseJson(json);
	if (parsing.kind !== "ok") throw new Error("a stored event is no JSON");
	const pdu = parsing.value as JsonObject;
	if (parsed.size >= maxParsed) parsed.clear();
	parsed.set(json, pdu);
	return pdu;
};

const noteRefusals = (content: JsonObject, note: (line: { readonly event: string }) => void): void => {
	const pdus = getObject(content, "pdus") ?? {};
	for (const event of Object.keys(pdus).slice(0, 50)) {
		if (getString(getObject(pdus, event) ?? {}, "error") !== undefined) note({ event });
	}
};
