export { readPrivacy } from "./account-data.ts";
export { createStream, type Stream } from "./create-stream.ts";
export type { DeviceNewsStore, StreamDevice } from "./device-ports.ts";
export { createOnlinePeople } from "./ephemeral/online-people.ts";
export type {
	AccountDataStore,
	AudienceMember,
	Bus,
	Contact,
	DeliveredFloor,
	LoadedAudience,
	MovedReceipt,
	Poke,
	PresenceStore,
	RemotePresence,
	RoomFacts,
	ShownMember,
	StoredAccountData,
	StreamMarks,
	StreamReads,
	StreamRecord,
	StreamStore,
	TypingChange,
	WindowOptions,
} from "./ports.ts";
