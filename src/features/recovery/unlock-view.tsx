import {
	CircleCheck,
	Fingerprint,
	Lock,
	type LucideIcon,
	MessageCircle,
	MonitorSmartphone,
	UserRoundPen,
} from "lucide-react";
import { type ChangeEvent, type FormEvent, type ReactNode, useId } from "react";
import { BoardCard } from "../../components/board-card.tsx";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { ProofField, type ProofFieldProps } from "../../components/proof-field.tsx";
import { TextArea } from "../../components/text-area.tsx";
import "../../shared/text/en/recovery.ts";
import { text } from "../../shared/text/text.ts";

export type UnlockProps = { readonly serverName: string | undefined } & (
	| { readonly kind: "loading" }
	| ({ readonly kind: "key" } & KeyStep)
	| ({ readonly kind: "anew" } & AnewStep)
	| ({ readonly kind: "restoring" } & RestoringStep)
);

interface KeyStep {
	/** Present: there is another device that can let this one in. */
	readonly onAskDevice: (() => void) | undefined;
	readonly isAsking: boolean;
	readonly typed: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onType: (typed: string) => void;
	readonly onFile: (file: File) => void;
	readonly onSubmit: () => void;
	/** Undefined: no passkey opens the key. */
	readonly onPasskey: (() => void) | undefined;
	readonly onLost: () => void;
	readonly onLater: () => void;
}

interface AnewStep {
	readonly proof: ProofFieldProps;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onSubmit: () => void;
	readonly onBack: () => void;
}

interface RestoringStep {
	/** Absent: there was nothing to bring. */
	readonly progress: { readonly done: number; readonly total: number; readonly damaged: number } | undefined;
	readonly isDone: boolean;
	readonly onGoOn: () => void;
}

/** A new device gets its person's older messages, or begins anew where they are lost. */
export function UnlockView(props: UnlockProps) {
	switch (props.kind) {
		case "loading":
			return (
				<BoardCard title={text("unlock.title")} serverName={props.serverName}>
					<div className="step-wait" role="status" aria-label={text("common.loading")} />
				</BoardCard>
			);
		case "key":
			return <KeyCard {...props} />;
		case "anew":
			return <AnewCard {...props} />;
		case "restoring":
			return <RestoringCard {...props} />;
	}
}

type Of<Step> = Step & { readonly serverName: string | undefined };

function KeyCard(props: Of<KeyStep>) {
	const id = useId();
	return (
		<BoardCard
			title={text("unlock.title")}
			lead={text(props.onAskDevice === undefined ? "unlock.lead" : "unlock.leadWays")}
			serverName={props.serverName}
			foot={
				<>
					<TextButton onClick={props.onLost}>{text("unlock.lost")}</TextButton>
					<span aria-hidden="true"> · </span>
					<TextButton onClick={props.onLater}>{text("unlock.later")}</TextButton>
				</>
			}
		>
			{(props.onPasskey ?? props.onAskDevice) !== undefined && (
				<div className="other-ways">
					{props.onAskDevice !== undefined && (
						<Button size="large" isWide isBusy={props.isAsking} onClick={props.onAskDevice}>
							<Icon of={MonitorSmartphone} size={18} /> {text("unlock.askDevice")}
						</Button>
					)}
					{props.onPasskey && (
						<Button
							look={props.onAskDevice === undefined ? "primary" : "second"}
							size="large"
							isWide
							isBusy={props.isBusy}
							onClick={props.onPasskey}
						>
							<Icon of={Fingerprint} size={18} /> {text("unlock.passkey")}
						</Button>
					)}
					<p className="divider-word">{text("unlock.or")}</p>
				</div>
			)}
			<Form onSubmit={props.onSubmit}>
				<TextArea
					label={text("unlock.key")}
					className="recovery-input"
					name="recovery-key"
					autoComplete="off"
					autoCapitalize="none"
					spellCheck={false}
					rows={3}
					required
					value={props.typed}
					hint={text("unlock.hint")}
					onChange={(event) => props.onType(event.target.value)}
				/>
				<label className="text-button file-button" htmlFor={id}>
					{text("unlock.fromFile")}
					<input
						id={id}
						className="visually-hidden"
						type="file"
						accept=".txt,text/plain"
						onChange={(event: ChangeEvent<HTMLInputElement>) => {
							const [file] = event.target.files ?? [];
							event.target.value = "";
							if (file !== undefined) props.onFile(file);
						}}
					/>
				</label>
				<FormError message={props.error} />
				<Button
					type="submit"
					size="large"
					look={(props.onPasskey ?? props.onAskDevice) === undefined ? "primary" : "second"}
					isWide
					isBusy={props.isBusy}
				>
					{text(props.isBusy ? "unlock.busy" : "unlock.submit")}
				</Button>
			</Form>
		</BoardCard>
	);
}

function AnewCard(props: Of<AnewStep>) {
	return (
		<BoardCard
			title={text("anew.title")}
			lead={text("anew.lead")}
			serverName={props.serverName}
			foot={<TextButton onClick={props.onBack}>{text("anew.back")}</TextButton>}
		>
			<ul className="what-it-means">
				<Meaning icon={Lock} words={text("anew.old")} />
				<Meaning icon={MessageCircle} words={text("anew.new")} />
				<Meaning icon={UserRoundPen} words={text("anew.people")} />
				<Meaning icon={MonitorSmartphone} words={text("anew.instead")} />
			</ul>
			<Form onSubmit={props.onSubmit}>
				<ProofField {...props.proof} />
				<FormError message={props.error} />
				<Button
					type="submit"
					look="danger"
					size="large"
					isWide
					isBusy={props.isBusy}
					disabled={props.proof.kind === undefined}
				>
					{text(props.isBusy ? "anew.busy" : "anew.submit")}
				</Button>
			</Form>
		</BoardCard>
	);
}

function RestoringCard({ progress, isDone, onGoOn, serverName }: Of<RestoringStep>) {
	return (
		<BoardCard
			title={text(isDone ? "unlock.doneTitle" : "unlock.restoring")}
			lead={text(leadOf(isDone, progress === undefined))}
			serverName={serverName}
		>
			{progress !== undefined && (
				<div className="restore-progress">
					<progress
						max={Math.max(1, progress.total)}
						value={isDone ? Math.max(1, progress.total) : progress.done}
						aria-label={text("unlock.restoring")}
					/>
					<p className="hint" aria-live="polite">
						{isDone && <Icon of={CircleCheck} size={16} />}
						{text("unlock.progress", { done: progress.done, total: progress.total })}{" "}
						{progress.damaged > 0 && text("unlock.damaged", { count: progress.damaged })}
					</p>
				</div>
			)}
			<Button size="large" isWide look={isDone ? "primary" : "second"} onClick={onGoOn}>
				{text("unlock.toChats")}
			</Button>
		</BoardCard>
	);
}

function leadOf(isDone: boolean, isEmpty: boolean) {
	if (isEmpty) return isDone ? "unlock.noBackup" : "unlock.goesOn";
	return isDone ? "unlock.doneText" : "unlock.goesOn";
}

function Form({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: ReactNode }) {
	const send = (event: FormEvent) => {
		event.preventDefault();
		onSubmit();
	};
	return (
		<form method="post" onSubmit={send}>
			{children}
		</form>
	);
}

function TextButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
	return (
		<button type="button" className="text-button" onClick={onClick}>
			{children}
		</button>
	);
}

function Meaning({ icon, words }: { readonly icon: LucideIcon; readonly words: string }) {
	return (
		<li>
			<Icon of={icon} size={18} />
			<span>{words}</span>
		</li>
	);
}
