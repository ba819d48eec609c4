import { useRouter } from "next/router";
import { readAhead } from "../../client/storage/open-cache.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { SkeletonMessages } from "../../components/skeleton-messages.tsx";
import type { ConversationSlots } from "../../features/conversation/conversation-part.tsx";
import { NoConversationView, OpeningView } from "../../features/conversation/opening-view.tsx";
import { RoomListView } from "../../features/room-list/room-list-view.tsx";
import { useRoomList } from "../../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import { text } from "../../shared/text/text.ts";

readAhead();

const conversationPart = laterPart(
	async () => (await import("../../features/conversation/conversation-part.tsx")).ConversationPart,
);

const timelinePart = laterPart(async () => (await import("../../features/timeline/timeline-part.tsx")).TimelinePart);

const composerPart = laterPart(async () => (await import("../../features/composer/composer-part.tsx")).ComposerPart);

if (typeof location !== "undefined" && location.pathname.startsWith("/chat/")) {
	// The address names a chat: what draws it is fetched while this page begins.
	for (const part of [conversationPart, timelinePart, composerPart]) part.fetch().catch(() => undefined);
}

const spacePart = laterPart(async () => (await import("../../features/space/space-part.tsx")).SpacePart);

const outsidePart = laterPart(async () => (await import("../../features/invitation/outside-part.tsx")).OutsidePart);

const slots: ConversationSlots = {
	Timeline: (props) => <Later part={timelinePart} props={props} meanwhile={<SkeletonMessages />} />,
	Composer: (props) => <Later part={composerPart} props={props} />,
	Space: (props) => <Later part={spacePart} props={props} />,
	Outside: (props) => <Later part={outsidePart} props={props} />,
};

const roomInfoPart = laterPart(async () => (await import("../../features/room-info/room-info-part.tsx")).RoomInfoPart);

/**
 * `/chat`, `/chat/[roomId]`, `/chat/[roomId]/[eventId]` and `/chat/[roomId]/info` are one page, so that the list stays as
 * it is between them.
 */
function ChatPage() {
	const { roomId, eventId, isInfoOpen } = usePlace();
	const shell = useShell();
	const list = useRoomList(roomId);
	return (
		<AppFrameView
			{...shell}
			section="chats"
			pane={roomId === undefined ? "list" : isInfoOpen ? "info" : "chat"}
			hasInfo={isInfoOpen}
		>
			<PageTitle page={text("nav.chats")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="chats" unreadChats={shell.unreadChats} />} />
			{roomId === undefined ? (
				<NoConversationView />
			) : (
				<Later
					part={conversationPart}
					props={{ roomId, eventId, isInfoOpen, unreadChats: shell.unreadChats, slots }}
					meanwhile={<OpeningView />}
					key={roomId}
				/>
			)}
			{roomId !== undefined && isInfoOpen && <Later part={roomInfoPart} props={{ roomId }} key={`info ${roomId}`} />}
		</AppFrameView>
	);
}

interface Place {
	readonly roomId: string | undefined;
	/** The message that the address names. */
	readonly eventId: string | undefined;
	readonly isInfoOpen: boolean;
}

function usePlace(): Place {
	const { path } = useRouter().query;
	const [roomId, part] = Array.isArray(path) ? path : [];
	const isInfoOpen = part === "info";
	return { roomId, eventId: isInfoOpen ? undefined : part, isInfoOpen };
}

export default trpc.withTRPC(ChatPage);
