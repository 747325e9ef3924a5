import 'reflect-metadata';
import { loadConfig } from '@slipway/platform/config/config';
import { runUntilStopped } from '@slipway/platform/process/run-until-stopped';
import { startWorker } from './start-worker';

void runUntilStopped(async () => startWorker(loadConfig(process.env)));
