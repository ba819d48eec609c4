/** Tells state events from the others. Source: Matrix v1.19 Client-Server API, "Types of room events". */
import type { RoomEvent, StateEvent } from "./room-event.ts";

/** True when the event has a state key, be it empty. */
export const isStateEvent = (event: RoomEvent): event is StateEvent => event.stateKey !== undefined;
