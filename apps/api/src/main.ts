import 'reflect-metadata';
import { loadConfig } from '@slipway/platform/config/config';
import { runUntilStopped } from '@slipway/platform/process/run-until-stopped';
import { startApi } from './start-api';

void runUntilStopped(async () => startApi(loadConfig(process.env)));
