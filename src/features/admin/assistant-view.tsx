import { Cpu } from "lucide-react";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import { text } from "../../shared/text/text.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";

export interface AdminAssistantProps {
	readonly state: LoadState;
	/** Absent until it is known. */
	readonly bot:
		| {
				readonly isPossible: boolean;
				readonly isOn: boolean;
				readonly userId?: string | undefined;
				readonly roomCount: number;
		  }
		| undefined;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** The question whether it is to leave every chat stands open. */
	readonly isAsked: boolean;
	readonly onSwitch: (isOn: boolean) => void;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
}

/** Whether the assistant may be a member of chats. */
export function AdminAssistantView({ state, bot, isBusy, error, ...rest }: AdminAssistantProps) {
	return (
		<AdminPageView title={text("admin.assistant")} lead={text("adminBot.lead")}>
			<LoadingView state={state} />
			{bot?.isPossible === false && (
				<EmptyState icon={Cpu} title={text("adminBot.missingTitle")} text={text("adminBot.missingText")} />
			)}
			{bot?.isPossible === true && (
				<section className="admin-part" aria-labelledby="bot-title">
					<h2 id="bot-title">{text("adminBot.title")}</h2>
					<SwitchRow
						label={text("adminBot.label")}
						hint={text("adminBot.hint")}
						isOn={bot.isOn}
						isDisabled={isBusy}
						onChange={rest.onSwitch}
					/>
					{!rest.isAsked && <FormError message={error} />}
					{bot.isOn && (
						<dl className="bot-facts card">
							<div>
								<dt>{text("adminBot.account")}</dt>
								<dd>{bot.userId}</dd>
							</div>
							<div>
								<dt>{text("adminBot.rooms")}</dt>
								<dd>{bot.roomCount}</dd>
							</div>
						</dl>
					)}
				</section>
			)}
			{rest.isAsked && (
				<ConfirmDialog
					title={text("adminBot.offTitle")}
					text={text("adminBot.offText", { count: bot?.roomCount ?? 0 })}
					action={text("adminBot.off")}
					{...{ isBusy, error, onConfirm: rest.onConfirm, onClose: rest.onClose }}
				/>
			)}
		</AdminPageView>
	);
}
