import Link from "next/link";
import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import { TextArea } from "../../components/text-area.tsx";
import "../../shared/text/en/auto-reply.ts";
import { text } from "../../shared/text/text.ts";

export interface AutoReplyProps {
	readonly isOn: boolean;
	/** What holds now. */
	readonly words: string;
	readonly note: string;
	readonly host: string;
	readonly problem: string | undefined;
	/** The newest first. */
	readonly sent: readonly SentReplySnapshot[];
	readonly isAsking: boolean;
	readonly onAsk: () => void;
	readonly onCancel: () => void;
	readonly onStart: (note: string) => void;
	readonly onStop: () => void;
}

export interface SentReplySnapshot {
	readonly key: string;
	readonly href: string;
	readonly heading: string;
	readonly words: string;
}

/** Answering by itself: the switch, and all that was sent. */
export function AutoReplyView(props: AutoReplyProps) {
	const { isOn, words, problem, sent, isAsking, onAsk, onStop } = props;
	return (
		<>
			<SettingsGroup title={text("autoReply.title")} hint={text("autoReply.hint")}>
				<SwitchRow
					label={text("autoReply.switch")}
					hint={words}
					isOn={isOn}
					onChange={(isWanted) => (isWanted ? onAsk() : onStop())}
				/>
				<FormError message={problem} />
			</SettingsGroup>
			{(isOn || sent.length > 0) && (
				<SettingsGroup title={text("autoReply.sent")}>
					{sent.length === 0 && <p className="settings-none">{text("autoReply.nothing")}</p>}
					{sent.length > 0 && (
						<ul className="settings-rows" aria-label={text("autoReply.sent")}>
							{sent.map((one) => (
								<li className="settings-row" key={one.key}>
									<span className="settings-words">
										<Link href={one.href}>{one.heading}</Link>
										<small dir="auto">{one.words}</small>
									</span>
								</li>
							))}
						</ul>
					)}
				</SettingsGroup>
			)}
			{isAsking && <AutoReplyDialog {...props} />}
		</>
	);
}

const longest = 500;
const rules = ["rule1", "rule2", "rule3", "rule4", "rule5"] as const;

function AutoReplyDialog({ note, host, onStart, onCancel }: AutoReplyProps) {
	const [written, setWritten] = useState(note);
	const wanted = written.trim();
	return (
		<FormDialog
			title={text("autoReply.askTitle")}
			lead={text("autoReply.askLead", { host })}
			action={text("autoReply.action")}
			isBusy={false}
			onSubmit={() => {
				if (wanted !== "") onStart(wanted);
			}}
			onClose={onCancel}
		>
			<TextArea
				label={text("autoReply.note")}
				hint={text("autoReply.noteHint")}
				maxLength={longest}
				value={written}
				onChange={(event) => setWritten(event.target.value)}
			/>
			<ul className="explain">
				{rules.map((rule) => (
					<li key={rule}>{text(`autoReply.${rule}`)}</li>
				))}
			</ul>
		</FormDialog>
	);
}
