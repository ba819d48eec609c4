export { createDeviceAnswering } from "./answering/answer-devices.ts";
export { createAnswering } from "./answering/create-answering.ts";
export type {
	AnsweringStore,
	AskedRoom,
	AskedSummary,
	BackwardWalk,
	ListedRoom,
	ListedSearch,
	RoomSummary,
	ServerSight,
	SpaceChild,
} from "./answering/ports.ts";
export { createEventExchange } from "./create-event-exchange.ts";
export { createFederation, type Federation, type FederationDependencies } from "./create-federation.ts";
export type { DestinationHealth, DestinationSummary, OutboxEntry, OutboxStore, WaitingEdu } from "./delivery/ports.ts";
export { createDeviceExchange, type DeviceExchange } from "./devices/create-device-exchange.ts";
export type { DueList, KnownList, RemoteDeviceStore } from "./devices/ports.ts";
export { createPaging } from "./history/page-with-history.ts";
export type { HistoryStore } from "./history/ports.ts";
export { createServerKeys } from "./keys/create-server-keys.ts";
export type { KeyStore, KnownKeys } from "./keys/key-store.ts";
export type { Leadership, LeadershipBid } from "./leadership.ts";
export { fetchRemoteFile, fetchRemotePicture } from "./media/fetch-remote-picture.ts";
export { completeRoom } from "./members/complete-room.ts";
export type { ArrivingRoom, ArrivingStore, LaterEvent, WronglyDeleted } from "./members/ports.ts";
export { createMembership, type Membership } from "./membership/create-membership.ts";
export type { BriefStanding, InvitationPolicy, JoiningNews, MembershipStore } from "./membership/ports.ts";
export { askBeforeStoring } from "./policy/ask-before-storing.ts";
export { createPolicyServer } from "./policy/create-policy-server.ts";
export type { PresenceAudience, PresenceCircles } from "./presence/ports.ts";
export { createReceiving, type Receiving } from "./receiving/create-receiving.ts";
export { createEventStore, createStateStore } from "./receiving/graph-stores.ts";
export type { ImportInput } from "./receiving/import-room.ts";
export type { Received, ReceiveInput } from "./receiving/received.ts";
export { createServerRules, type ServerGate, type ServerRules } from "./rules/create-server-rules.ts";
export { gatedPeers } from "./rules/gated-peers.ts";
export type { RuleStore, ServerRule } from "./rules/ports.ts";
export type { SelfCheck, SelfLook } from "./self-check/check-self.ts";
export type {
	DueQuery,
	GapBounds,
	IncomingRoom,
	TransactionStore,
	WaitingPdu,
} from "./transactions/ports.ts";
