export { createStream, type Stream } from "./create-stream.ts";
export type {
	AudienceMember,
	Bus,
	DeliveredFloor,
	LoadedAudience,
	MovedReceipt,
	Poke,
	RoomFacts,
	StreamReads,
	StreamRecord,
	StreamStore,
	WindowOptions,
} from "./ports.ts";
