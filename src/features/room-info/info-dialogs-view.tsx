import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import type { PeoplePickerProps } from "../../components/people-picker.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireMember } from "../../shared/wire/room.ts";
import { AliasesDialog } from "./aliases-dialog-view.tsx";
import { AssistantDialog } from "./assistant-dialog-view.tsx";
import { HistoryDialog, JoinRuleDialog } from "./choice-dialogs-view.tsx";
import { EditRoomDialog } from "./edit-room-dialog-view.tsx";
import { EncryptDialog } from "./encrypt-dialog-view.tsx";
import type { InfoDialog } from "./info-actions.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";
import { InviteDialog } from "./invite-dialog-view.tsx";
import { LeaveDialog } from "./leave-dialog-view.tsx";
import { UpgradeDialog } from "./upgrade-dialog-view.tsx";

export interface InfoDialogsProps extends InfoDialogProps {
	/** Links have a dialog of their own. */
	readonly dialog: Exclude<InfoDialog, { readonly kind: "links" }>;
	readonly serverName: string;
	readonly isLastOwner: boolean;
	/** Members who may own the room that this one moves to. */
	readonly heirs: readonly WireMember[];
	readonly people: Pick<PeoplePickerProps, "query" | "search" | "onQuery">;
	readonly onHandOver: () => void;
}

export function InfoDialogsView(props: InfoDialogsProps) {
	const { dialog, ...rest } = props;
	switch (dialog.kind) {
		case "invite":
			return <InviteDialog {...rest} />;
		case "edit":
			return <EditRoomDialog {...rest} />;
		case "joinRule":
			return <JoinRuleDialog {...rest} />;
		case "history":
			return <HistoryDialog {...rest} />;
		case "aliases":
			return <AliasesDialog {...rest} />;
		case "encrypt":
			return <EncryptDialog {...rest} />;
		case "assistant":
			return <AssistantDialog {...rest} />;
		case "upgrade":
			return <UpgradeDialog {...rest} transactionId={dialog.transactionId} />;
		case "leave":
			return <LeaveDialog {...rest} />;
		case "kick":
		case "ban":
			return (
				<ConfirmDialog
					title={text(`member.${dialog.kind}Title`, { name: dialog.name })}
					text={text(`member.${dialog.kind}Text`)}
					action={text(`member.${dialog.kind}`)}
					isBusy={props.isBusy}
					error={props.error}
					onConfirm={() => props.onDo({ kind: dialog.kind, userId: dialog.userId })}
					onClose={props.onClose}
				/>
			);
	}
}
