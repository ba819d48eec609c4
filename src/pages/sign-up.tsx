import { PageTitle } from "../components/page-title.tsx";
import { SignUpView } from "../features/account/sign-up-view.tsx";
import { useSignUp } from "../features/account/sign-up-view-model.ts";
import { text } from "../shared/text/text.ts";

export default function SignUpPage() {
	const model = useSignUp();
	return (
		<>
			<PageTitle page={text("signUp.submit")} />
			<SignUpView {...model} />
		</>
	);
}
