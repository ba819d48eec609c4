import { useBot } from "../../client/hooks/use-bot.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { usePeopleSearch } from "../../client/hooks/use-people-search.ts";
import { KnownPictures } from "../../components/known-pictures.tsx";
import { type AssistantSetting, useAssistantSetting } from "./assistant-setting-view-model.ts";
import { InfoDialogsView } from "./info-dialogs-view.tsx";
import { InviteLinksView } from "./invite-links-view.tsx";
import { useInviteLinks } from "./invite-links-view-model.ts";
import { RoomInfoView } from "./room-info-view.tsx";
import { askUpgrade, useRoomInfo } from "./room-info-view-model.ts";

const noPictures: ReadonlyMap<string, string> = new Map();

/** The information pane with the dialogs that it opens. */
export function RoomInfoPart({ roomId }: { readonly roomId: string }) {
	const { dialogs, ...info } = useRoomInfo(roomId);
	const assistant = useAssistantSetting(roomId);
	const dialogProps = { ...dialogs, roomId, assistant, roomName: info.name };
	const { botUserId } = useBot(roomId);
	return (
		<KnownPictures pictures={noPictures} botId={botUserId}>
			<RoomInfoView {...info} assistant={assistant} dialog={<InfoDialogsPart {...dialogProps} />} />
		</KnownPictures>
	);
}

type InfoDialogsPartProps = ReturnType<typeof useRoomInfo>["dialogs"] & {
	readonly roomId: string;
	readonly roomName: string;
	readonly assistant: AssistantSetting | undefined;
};

function InfoDialogsPart({ dialog, details, onOpen, ...rest }: InfoDialogsPartProps) {
	const people = usePeopleSearch(useClientState((state) => state.me?.userId));
	if (dialog === undefined || details === undefined) return null;
	if (dialog.kind === "links") return <InviteLinksPart {...rest} />;
	return (
		<InfoDialogsView
			{...rest}
			dialog={dialog}
			details={details}
			people={people}
			onHandOver={() => onOpen(askUpgrade())}
		/>
	);
}

type InviteLinksPartProps = Pick<InfoDialogsPartProps, "roomId" | "roomName" | "onClose">;

function InviteLinksPart({ roomId, roomName, onClose }: InviteLinksPartProps) {
	return <InviteLinksView {...useInviteLinks(roomId)} roomName={roomName} onClose={onClose} />;
}
