import { useRouter } from "next/router";
import { trpc } from "../../client/trpc/trpc.ts";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { AskToJoinView } from "../../features/find-rooms/ask-to-join-view.tsx";
import { RoomPreviewView } from "../../features/find-rooms/room-preview-view.tsx";
import { useRoomPreview } from "../../features/find-rooms/room-preview-view-model.ts";
import { RoomListView } from "../../features/room-list/room-list-view.tsx";
import { useRoomList } from "../../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import { text } from "../../shared/text/text.ts";

const spacePart = laterPart(async () => (await import("../../features/space/space-part.tsx")).SpaceRoomsPart);

/** `/room/chess`, or with the whole alias: `/room/%23chess%3Aexample.org`, or with a room id. */
function RoomPage() {
	const { alias, via } = useRouter().query;
	const shell = useShell();
	const list = useRoomList(undefined);
	const { isAsking, onKnock, onCancel, ...model } = useRoomPreview({
		asked: typeof alias === "string" ? alias : undefined,
		via: [via ?? []].flat().slice(0, 3),
		serverName: shell.me?.serverName,
	});
	const { isBusy, error } = model;
	return (
		<AppFrameView {...shell} pane="chat" section="people">
			<PageTitle page={model.room?.name ?? text("rooms.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="people" unreadChats={shell.unreadChats} />} />
			<RoomPreviewView
				{...model}
				error={isAsking ? undefined : error}
				rooms={
					model.room?.isSpace && <Later part={spacePart} props={{ roomId: model.room.roomId, via: model.room.via }} />
				}
				dialog={isAsking && <AskToJoinView {...{ isBusy, error, onKnock }} onClose={onCancel} />}
			/>
		</AppFrameView>
	);
}

export default trpc.withTRPC(RoomPage);
