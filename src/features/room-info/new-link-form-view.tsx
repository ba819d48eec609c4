import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { type Lasting, lastings } from "../../shared/lasting.ts";
import { text } from "../../shared/text/text.ts";

const usesChoices = ["1", "10", "100", "any"] as const;

export interface NewLinkFormProps {
	/** Whether the reader owns the server: only then may a link bring people who have no account yet. */
	readonly isServerOwner: boolean;
	readonly isBusy: boolean;
	readonly onCreate: (terms: {
		readonly lasting: Lasting;
		readonly usesAllowed: number | undefined;
		readonly bringsNewPeople: boolean;
	}) => void;
}

/** How long a new link works, and for how many. */
export function NewLinkForm({ isServerOwner, isBusy, onCreate }: NewLinkFormProps) {
	const [lasting, setLasting] = useState<Lasting>("week");
	const [uses, setUses] = useState<(typeof usesChoices)[number]>("10");
	const [bringsNewPeople, setBringsNewPeople] = useState(false);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isBusy) onCreate({ lasting, usesAllowed: uses === "any" ? undefined : Number(uses), bringsNewPeople });
	};
	return (
		<form className="link-form" onSubmit={submit}>
			<SelectField
				label={text("links.lasting")}
				value={lasting}
				options={lastings
					.filter((value) => value !== "forever" || !bringsNewPeople)
					.map((value) => ({ value, label: text(`lasting.${value}`) }))}
				onChoose={setLasting}
			/>
			<SelectField
				label={text("links.uses")}
				value={uses}
				options={usesChoices
					.filter((value) => value !== "any" || !bringsNewPeople)
					.map((value) => ({
						value,
						label: value === "any" ? text("links.usesAny") : text("links.usesCount", { count: Number(value) }),
					}))}
				onChoose={setUses}
			/>
			{isServerOwner && (
				<CheckboxField
					label={text("links.newcomers")}
					hint={text("links.newcomersHint")}
					isChecked={bringsNewPeople}
					onCheck={(isChecked) => {
						setBringsNewPeople(isChecked);
						// Such a link has an end and a number of uses.
						if (isChecked && lasting === "forever") setLasting("month");
						if (isChecked && uses === "any") setUses("100");
					}}
				/>
			)}
			<Button type="submit" isWide isBusy={isBusy}>
				{text("links.create")}
			</Button>
		</form>
	);
}
