"""The one module that knows the client library: a question to an endpoint, an answer that fits the schema.

Imported only when a model is asked: loading the library takes more than a second.
"""

from __future__ import annotations

import httpx2
from openai import AsyncOpenAI
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.exceptions import AgentRunError, ModelHTTPError, UnexpectedModelBehavior
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from flows.extract.model.answer import Answer
from flows.extract.model.errors import ModelAway, ModelError
from flows.extract.model.line import Line, ours

MOST_TOKENS = 8000
"""Of one answer."""


class _Transport(httpx2.AsyncBaseTransport):
    """What the library takes for the network: our line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self._line.send(str(request.url), dict(request.headers), await request.aread())
        kind = answer.headers.get("content-type", "application/json")
        return httpx2.Response(answer.status, headers={"content-type": kind}, content=answer.body, request=request)


class Client:
    """One endpoint and one model behind it, asked always the same question of different texts.

    The schema goes into the prompt, which every endpoint understands; those that can are told to
    answer with JSON. An answer that does not fit is sent back once with what is wrong with it.
    """

    def __init__(self, line: Line, *, base_url: str, model: str, api_key: str | None, instructions: str) -> None:
        http = httpx2.AsyncClient(transport=_Transport(line), timeout=None, follow_redirects=False, trust_env=False)
        openai = AsyncOpenAI(
            base_url=base_url,
            api_key=api_key or "none",  # local endpoints want none, the library wants one
            http_client=http,
            max_retries=0,  # the line has the patience
        )
        provider = OpenAICompatibleProvider("deltawire", openai_client=openai)
        self._agent = Agent(
            OpenAIChatModel(model, provider=provider),
            output_type=PromptedOutput(Answer),
            instructions=instructions,
            retries=1,
            model_settings={"temperature": 0.0, "max_tokens": MOST_TOKENS},
        )

    async def ask(self, text: str) -> Answer:
        """What the model says of a text; ModelError where it says nothing that fits."""
        try:
            return (await self._agent.run(text)).output
        except ModelHTTPError as error:
            raise ModelAway(f"language model: HTTP status {error.status_code}") from error
        except UnexpectedModelBehavior as error:
            raise ours(error) or ModelError("language model: the answer does not fit the schema") from error
        except AgentRunError as error:
            raise ours(error) or ModelAway(f"language model: {type(error).__name__}") from error
