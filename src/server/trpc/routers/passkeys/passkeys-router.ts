import { router } from "../../procedures.ts";
import { beginConfirm, beginSignIn, beginSignUp } from "./begin-ceremony.ts";
import { add, beginAdd, remove, rename, waysIn } from "./own-passkeys.ts";

export const passkeysRouter = router({
	...{ beginSignIn, beginSignUp, beginConfirm },
	...{ waysIn, beginAdd, add, rename, remove },
});
