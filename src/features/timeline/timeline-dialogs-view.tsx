import { CircleAlert, X } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Later, laterPart } from "../../components/later.tsx";
import { text } from "../../shared/text/text.ts";
import type { ReadersState } from "./readers-dialog-view.tsx";

const confirmDialog = laterPart(async () => (await import("../../components/confirm-dialog.tsx")).ConfirmDialog);
const datePart = laterPart(async () => (await import("./date-part.tsx")).DatePart);
const readersDialogView = laterPart(async () => (await import("./readers-dialog-view.tsx")).ReadersDialogView);

export interface TimelineDialogsProps {
	/** True while the person is asked whether a message is to be deleted. */
	readonly isDeleting: boolean;
	/** Who has the message that was asked about; absent: nobody asks. */
	readonly readers: ReadersState | undefined;
	/** False: the reader gives no read receipts, and so gets none. */
	readonly hasReceipts: boolean;
	readonly roomId: string;
	/** A moment of the day at which another one is asked for; absent: nobody asks. */
	readonly pickingFrom: number | undefined;
	readonly onPicked: () => void;
	readonly onShowEvent: (eventId: string, from: undefined) => void;
	/** Why the last change did not happen. */
	readonly notice: string | undefined;
	readonly onConfirmDelete: () => void;
	readonly onCancelDelete: () => void;
	readonly onDismissNotice: () => void;
	readonly onCloseReaders: () => void;
	readonly onRetryReaders: () => void;
}

export function TimelineDialogsView(props: TimelineDialogsProps) {
	return (
		<>
			<div className="notice" role="alert">
				{props.notice !== undefined && (
					<p className="notice-card">
						<Icon of={CircleAlert} size={18} />
						{props.notice}
						<IconButton icon={X} label={text("common.close")} onClick={props.onDismissNotice} />
					</p>
				)}
			</div>
			{props.readers !== undefined && (
				<Later
					part={readersDialogView}
					props={{
						state: props.readers,
						hasReceipts: props.hasReceipts,
						onClose: props.onCloseReaders,
						onRetry: props.onRetryReaders,
					}}
				/>
			)}
			{props.pickingFrom !== undefined && (
				<Later
					part={datePart}
					props={{
						roomId: props.roomId,
						ts: props.pickingFrom,
						onFound: (eventId: string) => {
							props.onPicked();
							props.onShowEvent(eventId, undefined);
						},
						onClose: props.onPicked,
					}}
				/>
			)}
			{props.isDeleting && (
				<Later
					part={confirmDialog}
					props={{
						title: text("message.deleteTitle"),
						text: text("message.deleteText"),
						action: text("message.delete"),
						onConfirm: props.onConfirmDelete,
						onClose: props.onCancelDelete,
					}}
				/>
			)}
		</>
	);
}
