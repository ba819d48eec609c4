import type { FormEvent, ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useHasScript } from "../../components/use-has-script.ts";

export interface AccountFormProps {
	readonly submit: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onSubmit: () => void;
	readonly children: ReactNode;
}

/** Fields, what is wrong with them, and the one thing to do. */
export function AccountForm({ submit, isBusy, error, onSubmit, children }: AccountFormProps) {
	// A form that the browser sends by itself has its page left; by its usual method the password would be in the address.
	const hasScript = useHasScript();
	const send = (event: FormEvent) => {
		event.preventDefault();
		onSubmit();
	};
	return (
		<form method="post" onSubmit={send}>
			{children}
			<FormError message={error} />
			<Button type={hasScript ? "submit" : "button"} size="large" isWide isBusy={isBusy}>
				{submit}
			</Button>
		</form>
	);
}
