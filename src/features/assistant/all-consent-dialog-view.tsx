import { CheckboxField } from "../../components/checkbox-field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import "../../shared/text/en/assistant-all.ts";
import { text } from "../../shared/text/text.ts";
import type { AllConsentSnapshot } from "./all-consent-snapshot.ts";
import { SendingView } from "./sending-view.tsx";

export interface AllConsentProps {
	readonly consent: AllConsentSnapshot;
	readonly onChoose: (roomId: string, isChosen: boolean) => void;
	readonly onSend: () => void;
	readonly onClose: () => void;
}

const shownAtFirst = 2;

/** Asks before messages of several chats leave the browser, and shows every one of them, chat by chat. */
export function AllConsentDialogView({ consent, onChoose, onSend, onClose }: AllConsentProps) {
	const { title, lead, question, rooms, notes, action, canSend } = consent;
	return (
		<FormDialog
			title={title}
			lead={lead}
			action={action}
			isBusy={false}
			onSubmit={() => {
				if (canSend) onSend();
			}}
			onClose={onClose}
		>
			<p className="all-question" dir="auto">
				{question}
			</p>
			<section className="all-rooms" aria-label={text("allConsent.rooms")}>
				{rooms.map(({ roomId, name, count, isChosen, lines }) => (
					<div key={roomId} className="all-room">
						<CheckboxField
							label={name}
							hint={count}
							isChecked={isChosen}
							onCheck={(isChecked) => onChoose(roomId, isChecked)}
						/>
						{isChosen && (
							<SendingView label={text("allConsent.exactly", { name })} lines={lines} first={shownAtFirst} />
						)}
					</div>
				))}
			</section>
			{notes.map((note) => (
				<p className="consent-note" key={note}>
					{note}
				</p>
			))}
		</FormDialog>
	);
}
