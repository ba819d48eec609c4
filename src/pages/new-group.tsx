import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { NewGroupView } from "../features/new-group/new-group-view.tsx";
import { useNewGroup } from "../features/new-group/new-group-view-model.ts";
import { RoomListView } from "../features/room-list/room-list-view.tsx";
import { useRoomList } from "../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../features/shell/app-frame-view.tsx";
import { useShell } from "../features/shell/shell-view-model.ts";
import { text } from "../shared/text/text.ts";

function NewGroupPage() {
	const shell = useShell();
	const list = useRoomList(undefined);
	const model = useNewGroup();
	return (
		<AppFrameView {...shell} pane="chat" section="people">
			<PageTitle page={text("newGroup.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="people" unreadChats={shell.unreadChats} />} />
			<NewGroupView {...model} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(NewGroupPage);
