import { forbidden } from "../../../federation/handshakes/refusal.ts";
import type { ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { ServerKeys } from "../../../federation/ports/server-keys.ts";
import type { SignatureVerifier } from "../../../federation/ports/signature-verifier.ts";
import type { Signer } from "../../../federation/ports/signer.ts";
import { verifyRequest } from "../../../federation/transport/signed-request.ts";
import type { Media } from "../media/public.ts";
import type { DeviceAnswering } from "./answering/answer-devices.ts";
import { answerKeyQuery, answerKeyQueryOf } from "./answering/answer-key-query.ts";
import type { AnsweringDependencies } from "./answering/answering-dependencies.ts";
import { createAnswering } from "./answering/create-answering.ts";
import type { EventExchange } from "./create-event-exchange.ts";
import type { DeviceExchange } from "./devices/create-device-exchange.ts";
import type { Paging } from "./history/page-with-history.ts";
import type { KeyDocuments } from "./keys/create-server-keys.ts";
import { readFileForOthers } from "./media/read-file-for-others.ts";
import type { Membership } from "./membership/create-membership.ts";
import type { ServerRules } from "./rules/create-server-rules.ts";
import { checkSelf, type SelfLook } from "./self-check/check-self.ts";

/** What speaking with other servers stands on. */
export interface FederationDependencies {
	readonly serverName: ServerName;
	/** False: this server speaks with no other. */
	readonly isOn: boolean;
	/** Where other servers find this one, as its well-known address says; undefined: where its name says. */
	readonly delegate: string | undefined;
	/** What this server runs, told to whoever asks. */
	readonly software: { readonly name: string; readonly version: string };
	readonly keys: ServerKeys & KeyDocuments;
	readonly signer: Signer;
	readonly verifier: SignatureVerifier;
	readonly clock: { now(): number };
	readonly exchange: Pick<
		EventExchange,
		"receiveTransaction" | "acquainted" | "heardFrom" | "destinations" | "sweep" | "start" | "stop"
	>;
	/** The pictures of this server. */
	readonly media: Pick<Media, "readOwn">;
	/** Joining, leaving, knocking and inviting. */
	readonly membership: Membership;
	/** Reading on where this server's own copy of a room ends. */
	readonly paging: Paging;
	/** What the owner wants to do with other servers. */
	readonly rules: ServerRules;
	/** Devices of other servers' people, and what others are told of this server's. */
	readonly devices: {
		readonly exchange: Pick<DeviceExchange, "remoteKeys">;
		readonly answering: DeviceAnswering;
	};
	/** How this server looks at itself from outside. */
	readonly selfLook: SelfLook;
	/** Who asked for this OpenID token; undefined: nobody, or it is over. */
	readonly whoseOpenIdToken: (accessToken: string) => Promise<UserId | undefined>;
	/** What other servers may read of rooms and people. */
	readonly reading: Pick<AnsweringDependencies, "directory" | "graph" | "store">;
}

/** A request as it came, before anybody knows whose it is. */
export interface UnverifiedRequest {
	readonly method: string;
	/** Path and query as they came over the wire. */
	readonly uri: string;
	readonly content?: JsonObject;
	/** The header's value. */
	readonly authorization: string;
}

/** Speaking with other servers, bound to what it stands on: answers to them, and what this server does of itself. */
export const createFederation = (dependencies: FederationDependencies) => {
	const { serverName, keys, verifier, clock, exchange, rules } = dependencies;
	const notary = { documents: keys, signer: dependencies.signer, clock };
	return {
		serverName,
		isOn: dependencies.isOn,
		delegate: dependencies.delegate,
		software: dependencies.software,
		/** A picture of this server; undefined: there is none. */
		readFile: (mediaId: string) => readFileForOthers(dependencies.media, mediaId),
		/** This server's signing keys, as it publishes them. */
		ownKeys: keys.ownDocument,
		/** Other servers' keys, as a notary vouches for them. */
		queryKeys: (content: JsonObject) => answerKeyQuery(notary, content),
		queryKeysOf: (asked: Parameters<typeof answerKeyQueryOf>[1]) => answerKeyQueryOf(notary, asked),
		membership: dependencies.membership,
		/** What the owner wants to do with other servers. */
		rules,
		paging: dependencies.paging,
		/** Whether others find this server under its name. */
		checkSelf: () => checkSelf(dependencies.selfLook, keys.ownDocument()),
		/** Events that come and go, and what is told once. */
		exchange,
		devices: {
			...dependencies.devices.answering,
			remoteKeys: dependencies.devices.exchange.remoteKeys,
		},
		answering: createAnswering({ serverName, clock, ...dependencies.reading }),
		whoseOpenIdToken: dependencies.whoseOpenIdToken,
		/** Why a server is not even listened to: asked before its request is read or its keys are looked for. */
		refuseUnwanted: (origin: ServerName) =>
			rules.isAllowed(origin) ? undefined : forbidden("This server wants no contact with yours"),
		/** Whose request it is, or why nobody's. */
		authenticate: async ({ authorization, ...request }: UnverifiedRequest) => {
			const context = { header: authorization, ownName: serverName, keys, verifier, now: clock.now() };
			const verification = await verifyRequest(request, context);
			if (verification.kind === "verified") exchange.heardFrom(verification.origin);
			return verification;
		},
	};
};

export type Federation = ReturnType<typeof createFederation>;
