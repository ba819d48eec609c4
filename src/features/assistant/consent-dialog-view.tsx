import { useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/assistant-places.ts";
import { text } from "../../shared/text/text.ts";
import type { ConsentSnapshot } from "./consent-snapshot.ts";
import { SendingView } from "./sending-view.tsx";
import { TextPlacesView } from "./text-places-view.tsx";

export interface ConsentDialogProps {
	readonly consent: ConsentSnapshot;
	/** @param isAsked whether the person wants to be asked the next time, too */
	readonly onSend: (isAsked: boolean) => void;
	readonly onClose: () => void;
}

/** Asks before messages leave the browser, and shows every one of them. */
export function ConsentDialogView({ consent, onSend, onClose }: ConsentDialogProps) {
	const [isAsked, setAsked] = useState(true);
	const [isExplained, setExplained] = useState(false);
	if (isExplained) return <Explanation host={consent.host} onBack={() => setExplained(false)} />;
	const { title, lead, people, peopleText, lines, notes, action } = consent;
	return (
		<FormDialog
			title={title}
			lead={lead}
			action={action}
			isBusy={false}
			onSubmit={() => onSend(isAsked)}
			onClose={onClose}
		>
			{people.length > 0 && (
				<p className="consent-people">
					<span className="consent-faces">
						{people.map(({ id, name }) => (
							<Avatar key={id} id={id} name={name} size={32} />
						))}
					</span>
					{peopleText}
				</p>
			)}
			<SendingView label={text("consent.exactly")} lines={lines} first={shownAtFirst} />
			<button type="button" className="text-button places-link" onClick={() => setExplained(true)}>
				{text("assistant.places")}
			</button>
			{notes.map((note) => (
				<p className="consent-note" key={note}>
					{note}
				</p>
			))}
			<div className="consent-ask">
				<SwitchRow label={text("consent.every")} hint={text("consent.everyHint")} isOn={isAsked} onChange={setAsked} />
			</div>
		</FormDialog>
	);
}

/** Instead of the question, which stands there again afterwards. */
function Explanation({ host, onBack }: { readonly host: string; readonly onBack: () => void }) {
	return (
		<Dialog
			title={text("places.title")}
			lead={text("places.lead")}
			actions={<Button onClick={onBack}>{text("common.back")}</Button>}
			onClose={onBack}
		>
			<TextPlacesView host={host} isScrolled />
		</Dialog>
	);
}

const shownAtFirst = 4;
