export { repeatJob } from "./repeat-job.ts";
