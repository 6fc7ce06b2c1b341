/** The bodies that the SDKs say the providers take: schemas for the tests are made from these types. */
import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';

export type MessagesRequest = Anthropic.Messages.MessageCreateParamsStreaming;
export type ChatRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;
export type ResponsesRequest = OpenAI.Responses.ResponseCreateParamsStreaming;
