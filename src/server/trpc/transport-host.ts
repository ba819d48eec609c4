import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { IdentityProvider } from "../../env.ts";
import type { Log } from "../../shared/log.ts";
import type { WireRoomDetails } from "../../shared/wire/room.ts";
import type { Accounts } from "../accounts/public.ts";
import type { Admin } from "../admin/public.ts";
import type { Assistant, Bot } from "../assistant/public.ts";
import type { Console } from "../console/public.ts";
import type { Federation } from "../federation/public.ts";
import type { KeyBackup } from "../key-backup/public.ts";
import type { Keys } from "../keys/public.ts";
import type { Media } from "../media/public.ts";
import type { Messages } from "../messages/public.ts";
import type { InviteLinks, Rooms } from "../rooms/public.ts";
import type { Safety } from "../safety/public.ts";
import type { Stream } from "../stream/public.ts";
import type { Timeline } from "../timeline/public.ts";
import type { ToDevice } from "../to-device/public.ts";
import type { ConnectionCounts } from "./connections/connection-counts.ts";
import type { IsTrustedProxy } from "./request/client-address.ts";

/** The use cases that procedures call. */
export interface Areas {
	readonly accounts: Accounts;
	readonly rooms: Rooms;
	readonly inviteLinks: InviteLinks;
	readonly messages: Messages;
	readonly admin: Admin;
	/** The chat with the server. */
	readonly console: Console;
	readonly media: Media;
	readonly timeline: Timeline;
	readonly stream: Stream;
	readonly federation: Federation;
	readonly safety: Safety;
	readonly assistant: Assistant;
	/** The assistant as a member of rooms. */
	readonly bot: Bot;
	/** Keys of devices and people. */
	readonly keys: Keys;
	/** Backups of room keys. */
	readonly keyBackup: KeyBackup;
	/** Messages to devices. */
	readonly toDevice: ToDevice;
	/** What the information pane of a room shows; see rooms/read-room-details.ts. */
	roomDetails(userId: UserId, roomId: RoomId): Promise<WireRoomDetails>;
}

export interface WebSettings {
	/** Encrypts the session cookies; at least 32 random bytes, as text. */
	readonly authSecret: string;
	/** `https://chat.example.org`: how people reach this server, where it is configured. */
	readonly publicOrigin: string | undefined;
	readonly identityProvider: IdentityProvider | undefined;
	/** Whose word about the caller's address counts. */
	readonly isTrustedProxy: IsTrustedProxy;
}

/** What a transport is mounted on: the container has this shape. */
export interface TransportHost extends Areas {
	/** Never given an input, a cookie or an address with a token in it. */
	readonly log: Log;
	readonly web: WebSettings;
	readonly connections: ConnectionCounts;
}

/** What signing in and out stands on. */
export type SignInHost = Pick<TransportHost, "accounts" | "log" | "web">;
