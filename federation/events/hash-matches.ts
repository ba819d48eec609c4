/** The content hash check of a received event. Source: Matrix v1.19 Server-Server API, "Checks performed on receipt of a PDU", check 3. */
import { contentHashMatches } from "../signing/content-hash.ts";
import type { RoomEvent } from "./room-event.ts";

/** False for an event that was redacted or altered on its way: the receiver goes on with its redacted copy. */
export const hashMatches = (event: RoomEvent): boolean => contentHashMatches(event.json);
