import { useRouter } from "next/router";
import { useMemo } from "react";
import { readAhead } from "../../client/storage/open-cache.ts";
import { picturesOf } from "../../client/store/known-pictures.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { KnownPictures } from "../../components/known-pictures.tsx";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { ComposerView } from "../../features/composer/composer-view.tsx";
import { useComposer } from "../../features/composer/composer-view-model.ts";
import { ConversationView, NoConversationView } from "../../features/conversation/conversation-view.tsx";
import { useConversation } from "../../features/conversation/conversation-view-model.ts";
import { HeadStatusView } from "../../features/conversation/head-status-view.tsx";
import { useHeadStatus } from "../../features/conversation/head-status-view-model.ts";
import { RoomListView } from "../../features/room-list/room-list-view.tsx";
import { useRoomList } from "../../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import { TimelineDialogsView } from "../../features/timeline/timeline-dialogs-view.tsx";
import { TimelineView } from "../../features/timeline/timeline-view.tsx";
import { useTimeline } from "../../features/timeline/timeline-view-model.ts";
import { text } from "../../shared/text/text.ts";

readAhead();

const roomInfoPart = laterPart(async () => (await import("../../features/room-info/room-info-part.tsx")).RoomInfoPart);

const spacePart = laterPart(async () => (await import("../../features/space/space-part.tsx")).SpacePart);

const upgradedPart = laterPart(
	async () => (await import("../../features/conversation/upgraded-part.tsx")).UpgradedPart,
);

const outsidePart = laterPart(async () => (await import("../../features/invitation/outside-part.tsx")).OutsidePart);

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
				<ConversationPane
					key={roomId}
					roomId={roomId}
					eventId={eventId}
					isInfoOpen={isInfoOpen}
					unreadChats={shell.unreadChats}
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

interface ConversationPaneProps {
	readonly roomId: string;
	readonly eventId: string | undefined;
	readonly isInfoOpen: boolean;
	readonly unreadChats: number;
}

function ConversationPane({ roomId, eventId, isInfoOpen, unreadChats }: ConversationPaneProps) {
	const { summary, ...conversation } = useConversation(roomId, isInfoOpen);
	const pictures = useMemo(() => picturesOf(conversation.members), [conversation.members]);
	return (
		<KnownPictures pictures={pictures}>
			<PageTitle page={conversation.head?.name ?? text("nav.chats")} unreadChats={unreadChats} />
			<ConversationView
				{...conversation}
				status={<StatusPart summary={summary} members={conversation.members} isArriving={conversation.isArriving} />}
				timeline={
					<TimelinePart
						roomId={roomId}
						eventId={eventId}
						details={conversation.details}
						members={conversation.members}
					/>
				}
				upgraded={
					summary?.replacementRoomId !== undefined && (
						<Later part={upgradedPart} props={{ roomId, newRoomId: summary.replacementRoomId }} />
					)
				}
				space={summary?.kind === "space" && <Later part={spacePart} props={{ roomId }} />}
				outside={summary && <Later part={outsidePart} props={{ summary }} />}
				composer={<ComposerPart roomId={roomId} members={conversation.members} />}
			/>
		</KnownPictures>
	);
}

/** On its own, so that nothing else is drawn again when somebody comes, goes or writes. */
function StatusPart({ summary, members, isArriving }: StatusPartProps) {
	return <HeadStatusView {...useHeadStatus(summary, members, isArriving)} />;
}

interface StatusPartProps {
	readonly summary: Parameters<typeof useHeadStatus>[0];
	readonly members: Parameters<typeof useHeadStatus>[1];
	readonly isArriving: boolean;
}

/** Mounted once the room may be read, so that what was unread at its opening is known. */
function TimelinePart(props: Parameters<typeof useTimeline>[0]) {
	const { dialogs, ...timeline } = useTimeline(props);
	return (
		<>
			<TimelineView {...timeline} />
			<TimelineDialogsView {...dialogs} />
		</>
	);
}

type ComposerPartProps = { readonly roomId: string; readonly members: Parameters<typeof useComposer>[1] };

function ComposerPart({ roomId, members }: ComposerPartProps) {
	return <ComposerView {...useComposer(roomId, members)} />;
}

export default trpc.withTRPC(ChatPage);
