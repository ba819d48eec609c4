/**
 * A network of servers in memory: requests of the membership handshakes are routed by their path to the answering sides.
 * `alter` stands between, as a server that lies would.
 */
import { answerInvite, type ReceivedInvitation } from "../handshakes/membership/answer-invite.ts";
import { answerMake } from "../handshakes/membership/answer-make.ts";
import { answerSend } from "../handshakes/membership/answer-send.ts";
import type { WishedMembership } from "../handshakes/membership/membership-uris.ts";
import { notFound, type Refusal } from "../handshakes/refusal.ts";
import type { ServerName } from "../identifiers/identifier-types.ts";
import { getObject, getString, jsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { parseJson } from "../json/parse-json.ts";
import type { PeerAnswer, PeerRequest, PeerTransport } from "../ports/peer-transport.ts";
import { MembershipServer, testKeys, testNow } from "./membership-server.ts";

type Answered = { readonly kind: "answered"; readonly content: JsonObject };

/** Servers that reach each other. */
export class MembershipNetwork {
	readonly servers = new Map<string, MembershipServer>();
	/** Invitations that arrived anywhere. */
	readonly invitations: ReceivedInvitation[] = [];
	/** What the network makes of answers on their way. */
	alter: (uri: string, content: JsonObject) => JsonObject = (_uri, content) => content;

	/** Adds a server. */
	add(name: string): MembershipServer {
		const server = new MembershipServer(name);
		this.servers.set(name, server);
		return server;
	}

	/** How a server reaches the others. */
	transportOf(origin: MembershipServer): PeerTransport {
		return {
			request: async (destination, request) => {
				const server = this.servers.get(destination);
				if (server === undefined) return { kind: "unreachable", reason: "name", detail: destination };
				return this.#toPeer(request.uri, await this.#answer(server, origin.name, request));
			},
		};
	}

	#toPeer(uri: string, answer: Answered | Refusal): PeerAnswer {
		if (answer.kind === "refused") return { ...answer, retryAfterMs: undefined };
		return { kind: "answered", content: this.alter(uri, overTheWire(answer.content)) };
	}

	async #answer(server: MembershipServer, origin: ServerName, request: PeerRequest): Promise<Answered | Refusal> {
		const [path = "", query = ""] = request.uri.split("?");
		const [action = "", roomId = "", third = ""] = path.split("/").slice(4).map(decodeURIComponent);
		const membership = action.slice(5) as WishedMembership;
		const content = overTheWire(request.content ?? jsonObject());
		if (action.startsWith("make_")) {
			const versions = query.split("&").flatMap((part) => (part.startsWith("ver=") ? [part.slice(4)] : []));
			const question = { origin, roomId, userId: third, membership, versions, now: testNow };
			return answerMake(server.answering, question);
		}
		if (action.startsWith("send_")) {
			const mayOmitMembers = query === "omit_members=true";
			const question = { origin, roomId, eventId: third, membership, pdu: content, mayOmitMembers };
			return whole(await answerSend(server.answering, question));
		}
		if (action !== "invite") return notFound("no such endpoint");
		const invitation = await answerInvite(
			{ ...server.answering, keys: testKeys },
			{
				origin,
				roomId,
				eventId: third,
				versionId: getString(content, "room_version") ?? "1",
				pdu: getObject(content, "event") ?? jsonObject(),
				roomState: content["invite_room_state"],
			},
		);
		if (invitation.kind === "refused") return invitation;
		this.invitations.push(invitation);
		return { kind: "answered", content: { event: invitation.event.json } };
	}
}

/** What is sent in pieces, put together. */
const whole = async (
	answer: Answered | Refusal | { readonly kind: "streamed"; readonly pieces: AsyncIterable<string> },
): Promise<Answered | Refusal> => {
	if (answer.kind !== "streamed") return answer;
	let text = "";
	for await (const piece of answer.pieces) text += piece;
	const parsed = parseJson(text, { maxBytes: 1e8, maxKeys: 1e7 });
	if (parsed.kind === "refused") throw new Error(parsed.reason);
	return { kind: "answered", content: parsed.value as JsonObject };
};

/** As the other side reads it. */
const overTheWire = (content: JsonObject): JsonObject => {
	const parsed = parseJson(JSON.stringify(content), { maxBytes: 1e8, maxKeys: 1e7 });
	if (parsed.kind === "refused") throw new Error(parsed.reason);
	return parsed.value as JsonObject;
};
