import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { NewSpaceView } from "../features/new-space/new-space-view.tsx";
import { useNewSpace } from "../features/new-space/new-space-view-model.ts";
import { RoomListView } from "../features/room-list/room-list-view.tsx";
import { useRoomList } from "../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../features/shell/app-frame-view.tsx";
import { useShell } from "../features/shell/shell-view-model.ts";
import { text } from "../shared/text/text.ts";

function NewSpacePage() {
	const shell = useShell();
	const list = useRoomList(undefined);
	const model = useNewSpace();
	return (
		<AppFrameView {...shell} pane="chat" section="people">
			<PageTitle page={text("newSpace.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="people" unreadChats={shell.unreadChats} />} />
			<NewSpaceView {...model} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(NewSpacePage);
